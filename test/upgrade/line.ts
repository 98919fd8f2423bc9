/** What a server answers with, so far as callers hear it. */
export interface Heard {
  readonly clientActionId?: string;
  readonly callflow: readonly { readonly action: string; readonly params?: Readonly<Record<string, unknown>> }[];
}

/** A server, as far as a platform needs it; of any release. */
export interface Webhooks {
  inject(request: { readonly method: 'POST'; readonly url: string; readonly payload: object }): PromiseLike<{
    readonly statusCode: number;
    json(): unknown;
  }>;
}

const OUR_NUMBER = '+6560000009';
const CALLER = '+6590000001';

/** The platform's side of calls to one server. */
export class Line {
  readonly #server: Webhooks;
  readonly #now: () => number;
  #events = 0;

  constructor(server: Webhooks, now: () => number) {
    this.#server = server;
    this.#now = now;
  }

  /** A call comes in. */
  begins(sessionId: string, to: string): Promise<Heard> {
    return this.#vca(sessionId, { callStatus: 'CALL_RECEIVED', callDirection: 'INBOUND', source: CALLER, destination: to, sipCode: 180 });
  }

  /** The platform has run a callflow, and the caller pressed `dtmf`. */
  completed(sessionId: string, dtmf: string | null, clientActionId: string | undefined, to: string | null): Promise<Heard> {
    const direction =
      to === null
        ? { callDirection: 'INBOUND', source: CALLER, destination: OUR_NUMBER }
        : { callDirection: 'OUTBOUND', source: OUR_NUMBER, destination: to };
    const echo = clientActionId === undefined ? {} : { clientActionId };
    return this.#vca(sessionId, {
      callStatus: 'ACTION_COMPLETED',
      ...direction,
      eventData: { dtmf },
      callDuration: 9,
      sipCode: 200,
      ...echo,
    });
  }

  /** The session is over. */
  async isOver(sessionId: string, sessionStatus = 'COMPLETED', more: object = {}): Promise<void> {
    const time = new Date(this.#now()).toISOString();
    const payload = { sessionId, subAccountId: 'acme', sessionStatus, startTime: time, endTime: time, callCount: 1, ...more };
    await this.#send('vss', { eventType: 'SESSION_SUMMARY', payload });
  }

  async #vca(sessionId: string, more: object): Promise<Heard> {
    const ids = { eventId: `${sessionId}-${this.#now()}-${++this.#events}`, callId: `${sessionId}-leg`, sessionId, subAccountId: 'acme' };
    const payload = {
      ...ids,
      sourceCountryCode: 'SG',
      destinationCountryCode: 'SG',
      timestamp: new Date(this.#now()).toISOString(),
      ...more,
    };
    return (await this.#send('vca', { eventType: 'CALL_ACTION', payload })) as Heard;
  }

  async #send(path: string, body: object): Promise<unknown> {
    const response = await this.#server.inject({ method: 'POST', url: `/webhooks/${path}`, payload: { namespace: 'VOICE', ...body } });
    if (response.statusCode !== 200) throw new TypeError(`${path} was answered with ${response.statusCode}`);
    return response.json();
  }
}

/** What is heard, in one line. */
export function words({ callflow }: Heard): string {
  const of = ({ action, params = {} }: Heard['callflow'][number]): string => {
    if (action === 'say') return String(params['text']);
    if (action === 'sayAndCapture') return `${String(params['promptMessage'])} …`;
    return action === 'makeCall' ? `☎ ${String(params['destination'])}` : '⏹';
  };
  return callflow.map(of).join(' ');
}
