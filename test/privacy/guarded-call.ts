import type { CallflowResponse } from '@hookswitch/dsl';
import { type GuardedServer, SECRET } from './guarded-server.ts';
import { CARD, ENDS, PIN } from './vault.ts';

const LEG = 'aaaaaaaa-0000-4000-8000-000000000001';
const MAX_WAITS = 10_000;

/** The platform's side of one call of the vault. */
export class GuardedCall {
  readonly sessionId: string;
  /** Whether the server's clock runs while it works; else whatever it does takes no time. */
  timePasses = false;
  #server: GuardedServer;
  #party: object;
  #echo: string | undefined;
  #events = 0;

  constructor(
    server: GuardedServer,
    sessionId: string,
    party: object = { callDirection: 'INBOUND', source: '+6590000001', destination: '+6568332000' },
  ) {
    this.#server = server;
    this.sessionId = sessionId;
    this.#party = party;
  }

  /** The call goes on with another server, as after a deploy. */
  movesTo(server: GuardedServer): void {
    this.#server = server;
  }

  begin(): Promise<CallflowResponse> {
    return this.vca({ callStatus: 'CALL_RECEIVED' });
  }

  press(dtmf: string | null): Promise<CallflowResponse> {
    return this.vca({ callStatus: 'ACTION_COMPLETED', eventData: { dtmf } });
  }

  /** Keys in the card and says that it is right. */
  async giveCard(): Promise<void> {
    await this.press(`${CARD}#`);
    await this.press('1');
  }

  /** Up to the menu behind the secrets, and the choice there. */
  async choose(what: keyof typeof ENDS): Promise<CallflowResponse> {
    await this.giveCard();
    await this.press(PIN);
    return this.press(ENDS[what]);
  }

  /** A VCA, delivered twice. */
  async vca(payload: object): Promise<CallflowResponse> {
    const eventId = `${this.sessionId}-${++this.#events}`;
    const echo = this.#echo === undefined ? {} : { clientActionId: this.#echo };
    const body = { eventType: 'CALL_ACTION', payload: { ...this.#ids, eventId, callId: LEG, ...this.#party, ...echo, ...payload } };
    const answer = JSON.parse(await this.post('vca', JSON.stringify(body))) as CallflowResponse;
    await this.post('vca', JSON.stringify(body));
    this.#echo = answer.clientActionId;
    return answer;
  }

  async vcs(payload: object): Promise<void> {
    await this.post(
      'vcs',
      JSON.stringify({ eventType: 'CALL_STATUS', payload: { ...this.#ids, callId: LEG, ...this.#party, ...payload } }),
    );
  }

  async over(payload: object = {}): Promise<void> {
    const body = { eventType: 'SESSION_SUMMARY', payload: { ...this.#ids, sessionStatus: 'COMPLETED', details: {}, ...payload } };
    await this.post('vss', JSON.stringify(body));
    await this.#server.clock.advance(1);
  }

  /** A webhook as it is; gives the answer's body. */
  async post(kind: string, payload: string, authorization = SECRET): Promise<string> {
    const { app, clock } = this.#server;
    const headers = { authorization, 'content-type': 'application/json' };
    let isAnswered = false;
    const posted = app.inject({ method: 'POST', url: `/webhooks/${kind}`, payload, headers }).finally(() => (isAnswered = true));
    for (let waits = 0; this.timePasses && !isAnswered && waits < MAX_WAITS; waits++) await clock.advance(50);
    return (await posted).body;
  }

  get #ids() {
    return { sessionId: this.sessionId, subAccountId: 'guarded' };
  }
}
