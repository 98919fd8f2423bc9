import type { CallflowResponse } from '@hookswitch/dsl';
import type { FastifyInstance } from 'fastify';
import type { Deed } from './deed.ts';

const SUBACCOUNT = 'fuzz';
const FIRST_LEG = '11111111-0000-4000-8000-000000000001';
const SECOND_LEG = '22222222-0000-4000-8000-000000000002';
const STATUS_BY_SIP_CODE: ReadonlyMap<number, string> = new Map([
  [200, 'COMPLETED'],
  [486, 'BUSY'],
  [480, 'NO_ANSWER'],
]);

/** What a server answered: its status, the bytes, and what they say. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly answer: CallflowResponse;
}

/** One session of a platform with a server: says what happened, as webhooks that are delivered `deliveries` times each. */
export class Line {
  readonly sessionId: string;
  readonly #app: FastifyInstance;
  readonly #deliveries: number;
  readonly #to: string;
  #events = 0;
  #echo: string | undefined;

  constructor(app: FastifyInstance, sessionId: string, options: { readonly deliveries?: number; readonly to?: string } = {}) {
    this.#app = app;
    this.sessionId = sessionId;
    this.#deliveries = options.deliveries ?? 1;
    this.#to = options.to ?? '+6568332000';
  }

  begin(): Promise<Reply> {
    return this.#ask({ callStatus: 'CALL_RECEIVED', callId: FIRST_LEG });
  }

  /** The platform has carried out the last answer. */
  completed(deed: Exclude<Deed, { do: 'hang-up' }>): Promise<Reply> {
    if (deed.do === 'end-bridge') {
      return this.#ask({ callStatus: 'ACTION_COMPLETED', callId: SECOND_LEG, sipCode: deed.sipCode, callDuration: 17 });
    }
    const { digits } = deed;
    // One closing `#` is dropped, so that entries which end in one need two.
    const dtmf = digits === null ? null : `${digits}#`;
    return this.#ask({ callStatus: 'ACTION_COMPLETED', callId: FIRST_LEG, eventData: { dtmf } });
  }

  /** The session is over; with `sipCode` of the second leg where there was one. */
  async over(sipCode: number | null = null): Promise<void> {
    const leg = { callDirection: 'INBOUND', source: '+6590000001', destination: this.#to, callDuration: 20 };
    const callB = { ...leg, callId: SECOND_LEG, callStatus: STATUS_BY_SIP_CODE.get(sipCode ?? 0) ?? 'FAILED', sipCode };
    const details = { callA: { ...leg, callId: FIRST_LEG, callStatus: 'COMPLETED' }, ...(sipCode === null ? {} : { callB }) };
    await this.#deliver('vss', { eventType: 'SESSION_SUMMARY', payload: { ...this.#ids, sessionStatus: 'COMPLETED', details } });
  }

  get #ids() {
    return { sessionId: this.sessionId, subAccountId: SUBACCOUNT };
  }

  async #ask(payload: object): Promise<Reply> {
    const eventId = `${this.sessionId}-${++this.#events}`;
    const party = {
      source: '+6590000001',
      destination: this.#to,
      sourceCountryCode: 'SG',
      destinationCountryCode: 'SG',
      callDirection: 'INBOUND',
    };
    const clientActionId = this.#echo === undefined ? {} : { clientActionId: this.#echo };
    const reply = await this.#deliver('vca', {
      eventType: 'CALL_ACTION',
      payload: { ...this.#ids, eventId, ...party, ...clientActionId, ...payload },
    });
    this.#echo = reply.answer.clientActionId;
    return reply;
  }

  async #deliver(kind: string, body: object): Promise<Reply> {
    const payload = JSON.stringify({ namespace: 'VOICE', ...body });
    const replies: Reply[] = [];
    for (let delivery = 0; delivery < this.#deliveries; delivery++) {
      const { statusCode, body: bytes } = await this.#app.inject({ method: 'POST', url: `/webhooks/${kind}`, payload });
      replies.push({ status: statusCode, body: bytes, answer: JSON.parse(bytes) as CallflowResponse });
    }
    const [first, ...repeated] = replies as [Reply, ...Reply[]];
    const other = repeated.find(({ body: bytes }) => bytes !== first.body);
    if (other !== undefined) throw new Error(`a repeated webhook got other bytes: ${first.body} and then ${other.body}`);
    return first;
  }
}
