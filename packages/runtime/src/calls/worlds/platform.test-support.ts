import type { CallflowResponse } from '@hookswitch/dsl';
import type { CallStatusWebhook, RecordingWebhook, SessionSummaryWebhook } from '../../payloads/webhook.ts';
import type { CallRecord } from '../../store/store.ts';
import type { Vca } from '../input.ts';
import { placeRequest } from '../place-request.ts';
import { readEcho, siteLabelOf } from '../reply/answers.ts';
import { HOLD_FOR } from './process.test-support.ts';
import { isSecret, PIECE, PIECE_TAKES, SECRET } from './random-flow.test-support.ts';
import type { RandomWorld } from './random-world.test-support.ts';
import { numberOf } from './simulated-time.test-support.ts';

/** Tries of one delivery. */
const MAX_TRIES = 200;
const MAX_TURNS = 400;
/** How long the platform waits for an answer, ms. */
const ANSWER_TIMEOUT = 12_000;
/** What callers press; `*` and `0` go back and to the main menu. */
const KEYS = ['1', '1', '2', '*', '0', '1', null] as const;

/** What became of a call. */
export interface Outcome {
  /** What the caller has heard, once each, and who was dialled. */
  readonly heard: readonly string[];
  /** The summary was kept. */
  readonly isSummaryKept: boolean;
}

/** The platform's side of one call: asks, runs what it is told, loses and repeats webhooks, and reports the end. */
export class Platform {
  readonly #world: RandomWorld;
  readonly #heard: string[] = [];
  readonly #pressed = new Map<string, string | null>();
  readonly #visits = new Map<string, number>();
  readonly #known = new Set<string>();
  #events = 0;
  #isGone = false;
  #isSummaryKept = false;
  /** The same each time that it is told. */
  #end: { readonly endedAt: number; readonly clientRequestId: string | null } | null = null;
  #isOver = false;

  constructor(world: RandomWorld) {
    this.#world = world;
  }

  async call(): Promise<Outcome> {
    const { faults, isCalm, time } = this.#world;
    if (!isCalm && faults.hangsUpAt !== null) time.timer(faults.hangsUpAt, () => void (this.#isGone = true));
    if (!isCalm && faults.endAskedAt !== null) time.timer(faults.endAskedAt, () => this.#askEnd());
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
    return { heard: this.#heard, isSummaryKept: this.#isSummaryKept };
  }

  async #place(): Promise<CallflowResponse | null> {
    const world = this.#world;
    const { faults, isCalm, random, time } = world;
    this.#request();
    if (!isCalm && random() < faults.repeat) this.#request();
    if (!isCalm && random() < faults.repeat) time.timer(random() * 30_000, () => this.#request());
    for (let tries = 0; world.firstCallflow === null && tries < MAX_TRIES; tries++) await time.sleep(500);
    return world.firstCallflow;
  }

  /** Each request of the same name is one call. */
  #request(): void {
    const process = this.#world.some();
    const compiled = process.context.flows.find('generated', '1');
    if (compiled === null) throw new TypeError('no such flow');
    const request = { subAccountId: 'acme', compiled, from: '+6560000000', to: '+6590000001', clientRequestId: 'request' };
    void process
      .run(async () => this.#replied('place', await process.calls.place(await placeRequest(process.context, request))))
      .catch(() => undefined);
  }

  #askEnd(): void {
    const process = this.#world.some();
    const { call } = this.#world.history.last ?? {};
    if (call === undefined) return;
    void process.run(async () => this.#replied('requestEnd', await process.calls.requestEnd(call.id))).catch(() => undefined);
  }

  #replied(what: string, record: CallRecord | null): void {
    const { history, wrong } = this.#world;
    if (record === null) wrong.push(`7: ${what} finds no call`);
    else if (record.revision > history.revisionOf(record.id)) wrong.push(`3: ${what} is answered before the commit`);
  }

  async #talk(posted: CallflowResponse | null): Promise<void> {
    const { time, random, isCalm } = this.#world;
    let vca = this.#vca({ status: 'received' });
    let response: CallflowResponse | null = posted;
    for (let turn = 0; turn < MAX_TURNS && !this.#isGone; turn++) {
      response ??= await this.#ask(vca);
      if (response === null || this.#isGone) return;
      const { isEnd, isPiece, digits } = this.#run(response, turn, posted !== null && turn === 0);
      if (!isCalm && random() < 0.3) this.#tellBeside(turn);
      if (isEnd) return;
      await time.sleep((isPiece ? PIECE_TAKES : 0) + (isCalm ? 0 : random() * 3_000));
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
        const isAtOnce = random() < 0.3;
        time.timer(isAtOnce ? 0 : random() * 15_000, () => void this.#deliver({ ...again, at: time.now() }));
      }
      const response = await this.#deliver({ ...vca, at: time.now(), id: `${vca.id}-${tries}` });
      if (response !== null) return response;
    }
    return null;
  }

  async #deliver(vca: Vca): Promise<CallflowResponse | null> {
    const { time, faults, random, isCalm } = this.#world;
    if (!isCalm && random() < faults.lose) return null;
    const process = this.#world.some();
    const answer = await Promise.race([process.run(() => process.calls.answer(vca)), time.sleep(ANSWER_TIMEOUT).then(() => null)]);
    if (answer === null) return null;
    const response = this.#world.heard(answer.body);
    return !isCalm && random() < faults.lose ? null : response;
  }

  /** Does what a callflow says; the caller hears each of its texts once, and presses what its question makes him press. */
  #run(
    { clientActionId, callflow }: CallflowResponse,
    turn: number,
    isPosted: boolean,
  ): { readonly isEnd: boolean; readonly isPiece: boolean; readonly digits: string | null } {
    const echo = readEcho(clientActionId ?? null);
    const id = isPosted ? '0' : echo?.kind === 'turn' ? String(echo.turn) : `${clientActionId}/${turn}`;
    const isNew = !this.#known.has(id);
    this.#known.add(id);
    const isWhole = this.#world.faults.delivery === 'callflow';
    const site = siteLabelOf(clientActionId ?? null) ?? '';
    let isEnd = !isPosted;
    let isPiece = false;
    let digits = null as string | null;
    for (const action of callflow) {
      isPiece = action.action === 'say' && action.params.text === PIECE;
      if (action.action === 'say' && isNew && !isPiece) this.#heard.push(action.params.text);
      if (action.action === 'makeCall' && isNew) this.#heard.push(`dials ${action.params.destination}`);
      isEnd = action.action === 'hangup' || (action.action === 'say' && isWhole && !isPiece);
      if (action.action !== 'sayAndCapture') continue;
      const { promptMessage, overallTimeout } = action.params;
      // A piece listens, so that keys don't cut it short.
      isPiece = promptMessage === PIECE;
      if (isPiece) continue;
      if (promptMessage !== 'HOLD' && isNew) this.#heard.push(promptMessage);
      const isHold = overallTimeout === HOLD_FOR;
      if (!isHold && !this.#pressed.has(id)) this.#pressed.set(id, this.#press(site));
      digits = !isHold ? (this.#pressed.get(id) ?? null) : this.#world.random() < 0.3 ? '9' : null;
    }
    return { isEnd, isPiece, digits };
  }

  /** What the caller presses at a site: the same in every world, and not the same each time. */
  #press(site: string): string | null {
    const visit = this.#visits.get(site) ?? 0;
    this.#visits.set(site, visit + 1);
    return isSecret(site) ? SECRET : (KEYS[(numberOf(site) + 3 * visit) % KEYS.length] ?? null);
  }

  /** One of three webhooks of a kind, so that some come again, at the same moment or later. */
  #tellBeside(turn: number): void {
    const { time, random, faults } = this.#world;
    const came = { at: time.now(), sessionId: 'session' };
    const status = { kind: 'vcs', callStatus: `STATUS_${turn % 3}`, sipCode: null, raw: {} } as unknown as CallStatusWebhook;
    const recording = {
      kind: 'vru',
      status: 'UPLOAD_COMPLETED',
      recordingId: `r${turn % 3}`,
      durationSeconds: 3,
      raw: {},
    } as RecordingWebhook;
    const input =
      random() < 0.6
        ? ({ kind: 'status', ...came, subAccountId: 'acme', webhook: status } as const)
        : ({ kind: 'recording', ...came, subAccountIds: ['acme'], webhook: recording } as const);
    for (let times = random() < faults.repeat ? 2 : 1; times > 0; times--) {
      const process = this.#world.some();
      void process.run(() => process.calls.keep(input)).catch(() => undefined);
    }
  }

  /** Reports the end until it is kept. */
  async #summary(): Promise<void> {
    const { time, faults, random, isCalm } = this.#world;
    this.#isOver = true;
    this.#end ??= { endedAt: time.now(), clientRequestId: faults.seed % 2 === 0 ? this.#world.postedId : null };
    const { endedAt, clientRequestId } = this.#end;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const process = this.#world.some();
      const webhook = { kind: 'vss', raw: {} } as SessionSummaryWebhook;
      const names = { subAccountId: 'acme', sessionId: 'session', clientRequestId };
      const end = { status: 'COMPLETED', endedAt, errorCode: null, errorMessage: null, bridge: null, webhook };
      const keeping = process.run(() => process.calls.keep({ kind: 'summary', at: time.now(), ...names, ...end }));
      const isKept = await Promise.race([
        keeping.then(
          (outcome) => this.#kept(outcome),
          () => false,
        ),
        time.sleep(5_000).then(() => false),
      ]);
      if (isKept) this.#isSummaryKept = true;
      if (isKept && (isCalm || random() >= faults.lose)) return;
      await time.sleep(500);
    }
  }

  #kept(outcome: string): boolean {
    const { history, wrong } = this.#world;
    const isStored = outcome === 'unknown-session' ? history.hasRow('summary') : history.last?.state.summary != null;
    if (!isStored) wrong.push(`3: a summary is answered with ${outcome} before it is stored`);
    return true;
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
      text: JSON.stringify({ dtmf: change.digits ?? null }),
      raw: { dtmf: change.digits ?? null },
      ...change,
    };
  }
}
