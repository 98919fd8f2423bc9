import type { CallflowResponse } from '@hookswitch/dsl';
import type { CallStatusWebhook, SessionSummaryWebhook } from '../../payloads/webhook.ts';
import type { Vca } from '../input.ts';
import { placeRequest } from '../place-request.ts';
import { readEcho } from '../reply/answers.ts';
import { HOLD_FOR, type RandomWorld } from './random-world.test-support.ts';

/** Tries of one delivery. */
const MAX_TRIES = 200;
const MAX_TURNS = 400;
/** How long the platform waits for an answer, ms. */
const ANSWER_TIMEOUT = 12_000;

/** What became of a call. */
export interface Outcome {
  /** What the caller has heard, once each, and who was dialled. */
  readonly heard: readonly string[];
  /** All bodies that were answered. */
  readonly bodies: readonly string[];
  /** The summary was kept. */
  readonly isSummaryKept: boolean;
}

/** The platform's side of one call: asks, runs what it is told, loses and repeats webhooks, and reports the end. */
export class Platform {
  readonly #world: RandomWorld;
  readonly #heard: string[] = [];
  readonly #bodies: string[] = [];
  readonly #pressed = new Map<string, string>();
  readonly #known = new Set<string>();
  #events = 0;
  #isGone = false;
  #isSummaryKept = false;
  #isOver = false;

  constructor(world: RandomWorld) {
    this.#world = world;
  }

  async call(): Promise<Outcome> {
    const { faults, isCalm, time } = this.#world;
    if (!isCalm && faults.hangsUpAt !== null) time.timer(faults.hangsUpAt, () => void (this.#isGone = true));
    let late: Promise<void> = Promise.resolve();
    if (!isCalm && faults.isEarly) {
      this.#isOver = true;
      late = this.#summary();
      if (this.#world.random() < 0.5) await late;
    }
    const first = faults.isPlaced ? await this.#place() : null;
    if (!faults.isPlaced || first !== null) await this.#talk(first);
    await late;
    // Nobody is told the end of a call that was never posted.
    if (!this.#isOver && (!faults.isPlaced || first !== null)) await this.#summary();
    if (!isCalm && this.#isSummaryKept && this.#world.random() < faults.repeat) await this.#summary();
    return { heard: this.#heard, bodies: this.#bodies, isSummaryKept: this.#isSummaryKept };
  }

  async #place(): Promise<CallflowResponse | null> {
    const world = this.#world;
    const process = world.some();
    const compiled = process.context.flows.find('random', '1');
    if (compiled === null) throw new TypeError('no such flow');
    const request = { subAccountId: 'acme', compiled, from: '+6560000000', to: '+6590000001', clientRequestId: 'request' };
    void process.run(async () => process.calls.place(await placeRequest(process.context, request))).catch(() => undefined);
    for (let tries = 0; world.firstCallflow === null && tries < MAX_TRIES; tries++) await world.time.sleep(500);
    return world.firstCallflow;
  }

  async #talk(posted: CallflowResponse | null): Promise<void> {
    const { time, random, isCalm } = this.#world;
    let vca = this.#vca({ status: 'received' });
    let response: CallflowResponse | null = posted;
    for (let turn = 0; turn < MAX_TURNS && !this.#isGone; turn++) {
      response ??= await this.#ask(vca);
      if (response === null || this.#isGone) return;
      const { isEnd, digits } = this.#run(response, turn, posted !== null && turn === 0);
      if (!isCalm && random() < 0.3) this.#tellStatus(turn);
      if (isEnd) return;
      await time.sleep(isCalm ? 0 : random() * 3_000);
      vca = this.#vca({ echo: readEcho(response.clientActionId ?? null), digits });
      response = null;
    }
  }

  /** Asks until an answer comes. */
  async #ask(vca: Vca): Promise<CallflowResponse | null> {
    const { time, faults, random, isCalm } = this.#world;
    for (let tries = 0; tries < MAX_TRIES && !this.#isGone; tries++) {
      if (!isCalm && random() < faults.repeat) {
        const again = { ...vca, id: `again-${++this.#events}` };
        time.timer(random() * 15_000, () => void this.#deliver({ ...again, at: time.now() }));
      }
      const body = await this.#deliver({ ...vca, at: time.now(), id: `${vca.id}-${tries}` });
      if (body !== null) return this.#world.heard(body);
    }
    return null;
  }

  async #deliver(vca: Vca): Promise<string | null> {
    const { time, faults, random, isCalm } = this.#world;
    if (!isCalm && random() < faults.lose) return null;
    const process = this.#world.some();
    const answer = await Promise.race([process.run(() => process.calls.answer(vca)), time.sleep(ANSWER_TIMEOUT).then(() => null)]);
    if (answer === null) return null;
    this.#bodies.push(answer.body);
    return !isCalm && random() < faults.lose ? null : answer.body;
  }

  /** Does what a callflow says; the caller hears each of its texts once, and presses what its question makes him press. */
  #run(
    { clientActionId, callflow }: CallflowResponse,
    turn: number,
    isPosted: boolean,
  ): { readonly isEnd: boolean; readonly digits: string | null } {
    const echo = readEcho(clientActionId ?? null);
    const id = isPosted ? '0' : echo?.kind === 'turn' ? String(echo.turn) : `${clientActionId}/${turn}`;
    const isNew = !this.#known.has(id);
    this.#known.add(id);
    let isEnd = true;
    let digits = null as string | null;
    for (const action of callflow) {
      if (action.action === 'say' && isNew) this.#heard.push(action.params.text);
      if (action.action === 'makeCall' && isNew) this.#heard.push(`dials ${action.params.destination}`);
      isEnd = action.action === 'hangup' || action.action === 'say';
      if (action.action !== 'sayAndCapture') continue;
      const { promptMessage, overallTimeout } = action.params;
      if (promptMessage !== 'HOLD' && isNew) this.#heard.push(promptMessage);
      const isHold = overallTimeout === HOLD_FOR;
      if (!isHold && !this.#pressed.has(id)) this.#pressed.set(id, promptMessage.length % 3 === 0 ? '2' : '1');
      const pressed = this.#pressed.get(id) ?? null;
      digits = !isHold ? pressed : this.#world.random() < 0.3 ? '9' : null;
    }
    return { isEnd, digits };
  }

  /** One of three webhooks, so that some come again. */
  #tellStatus(turn: number): void {
    const { time } = this.#world;
    const process = this.#world.some();
    const webhook = { kind: 'vcs', callStatus: `STATUS_${turn % 3}`, sipCode: null, raw: {} } as unknown as CallStatusWebhook;
    const input = { kind: 'status', at: time.now(), subAccountId: 'acme', sessionId: 'session', webhook } as const;
    void process.run(() => process.calls.keep(input)).catch(() => undefined);
  }

  /** Reports the end until it is kept. */
  async #summary(): Promise<void> {
    const { time, faults, random, isCalm } = this.#world;
    this.#isOver = true;
    const clientRequestId = faults.isPlaced && faults.seed % 2 === 0 ? 'placed' : null;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const process = this.#world.some();
      const webhook = { kind: 'vss', raw: {} } as SessionSummaryWebhook;
      const names = { subAccountId: 'acme', sessionId: 'session', clientRequestId };
      const end = { status: 'COMPLETED', endedAt: time.now(), errorCode: null, errorMessage: null, bridge: null, webhook };
      const keeping = process.run(() => process.calls.keep({ kind: 'summary', at: time.now(), ...names, ...end }));
      const isKept = await Promise.race([
        keeping.then(
          () => true,
          () => false,
        ),
        time.sleep(5_000).then(() => false),
      ]);
      if (isKept) this.#isSummaryKept = true;
      if (isKept && (isCalm || random() >= faults.lose)) return;
      await time.sleep(500);
    }
  }

  #vca(change: Partial<Vca>): Vca {
    const { faults, time } = this.#world;
    const id = `vca-${++this.#events}`;
    const parties = faults.isPlaced
      ? ({ direction: 'outbound', from: '6560000000', to: '6590000001' } as const)
      : ({ direction: 'inbound', from: '+6590000001', to: '+6560000000' } as const);
    return {
      kind: 'vca',
      id,
      at: time.now(),
      subAccountId: 'acme',
      sessionId: 'session',
      eventId: id,
      status: 'completed',
      ...parties,
      fromCountry: null,
      toCountry: null,
      sentAt: time.now(),
      echo: null,
      digits: null,
      digitsProblem: null,
      legId: 'leg-1',
      leg: { legId: 'leg-2', sipCode: 200, duration: 4 },
      text: '{}',
      raw: {},
      ...change,
    };
  }
}
