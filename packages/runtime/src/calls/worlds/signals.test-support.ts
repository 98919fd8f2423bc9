import type { CallRecord, SignalRow, Store } from '../../store/store.ts';
import type { SignalReply } from '../call.ts';
import type { SignalSent } from '../input.ts';
import { FIGURES } from './faults.test-support.ts';
import type { History } from './history.test-support.ts';
import { SECRET, type SignalName, signalOf } from './random-flow.test-support.ts';
import type { Process, Surroundings } from './process.test-support.ts';

/** Requests of one sender, retries left out. */
const MAX_SENT = 40;
/** After how long a request that got no answer is made again, and how often at most. */
const PATIENCE = 20_000;
const MAX_RETRIES = 8;
/** Of its requests, the shares of those that come again, whose value is none, and which use a key for another value. */
const AGAIN = 0.25;
const WRONG = 0.1;
const OTHER = 0.05;

/** One request; its value has the number by which it is known again. */
interface Request {
  readonly number: number;
  readonly name: SignalName;
  readonly value: unknown;
  readonly key: string | null;
  readonly is: 'right' | 'wrong' | 'other';
  /** What it was told at first, where that was no refusal. */
  outcome: string | null;
}

/** What a refusal may be for. */
const MAY_BE: Readonly<Record<Request['is'], ReadonlySet<string>>> = {
  right: new Set(['over']),
  wrong: new Set(['over', 'not-fitting']),
  other: new Set(['over']),
};

/** The world of a sender: any process may get its requests. */
type SendersWorld = Surroundings & { some(): Process };

/** Somebody who sends signals to a call over and over: early, late, twice, of values that don't fit, and to one that is over. */
export class Sender {
  readonly #world: SendersWorld;
  readonly #every: number;
  readonly #requests: Request[] = [];
  /** How many commits there were when somebody was told that the call takes no more. */
  #overSince = Infinity;

  constructor(world: SendersWorld, every: number) {
    this.#world = world;
    this.#every = every;
    this.#next();
  }

  #next(): void {
    const { time, random } = this.#world;
    time.timer(random() * 2 * this.#every, () => {
      if (this.#requests.length >= MAX_SENT) return;
      if (this.#world.history.last !== null) this.#send(this.#choose());
      this.#next();
    });
  }

  #choose(): Request {
    const { random } = this.#world;
    const dice = random();
    const named = this.#requests.filter(({ key }) => key !== null);
    const before = named[Math.floor(random() * named.length)];
    if (before !== undefined && dice < AGAIN) return before;
    const number = this.#requests.length + 1;
    const name = random() < 0.5 ? 'paid' : 'pin';
    const is = dice > 1 - WRONG ? 'wrong' : before !== undefined && dice > 1 - WRONG - OTHER ? 'other' : 'right';
    const key = is === 'other' && before !== undefined ? before.key : random() < 0.7 ? `key-${number}` : null;
    const value = is === 'wrong' ? `no number ${number}` : { number, ...(name === 'pin' ? { pin: SECRET } : {}) };
    const request: Request = { number, name, value, key, is, outcome: null };
    this.#requests.push(request);
    return request;
  }

  #send(request: Request, tries = 0): void {
    const { time, history } = this.#world;
    const callId = history.last?.call.id ?? '';
    const process = this.#world.some();
    const { name, value, key } = request;
    const text = JSON.stringify(value);
    const input: SignalSent = { kind: 'signal', at: time.now(), callId, name, value, text, key, digest: text };
    FIGURES.signals++;
    let isAnswered = false;
    process
      .run(() => process.calls.signal(input))
      .then(({ outcome, record }) => {
        isAnswered = true;
        this.#told(request, outcome, record);
      })
      .catch(() => undefined);
    // As senders do who have named their request: one that got no answer is made again.
    if (key !== null && tries < MAX_RETRIES) time.timer(PATIENCE, () => void (isAnswered || this.#send(request, tries + 1)));
  }

  #told(request: Request, outcome: SignalReply, record: CallRecord | null): void {
    const { history, wrong } = this.#world;
    if (record !== null && record.revision > history.revisionOf(record.id)) wrong.push('3: a signal is answered before the commit');
    if (!('repeated' in outcome)) {
      // Of two requests of one key, either may be the first that is taken.
      const isShared = request.key !== null && this.#requests.filter(({ key }) => key === request.key).length > 1;
      if (!MAY_BE[request.is].has(outcome.is) && !(isShared && outcome.is === 'other-body'))
        wrong.push(`7: a signal that is ${request.is} is refused: ${outcome.is}`);
      if (outcome.is === 'over') this.#overSince = Math.min(this.#overSince, history.changes.length);
      return;
    }
    if (request.is === 'wrong') wrong.push('4: a signal is accepted that does not fit');
    if (!accepted(history).has(request.number)) wrong.push(`3: signal ${request.number} is answered with ${outcome.is}, and nowhere`);
    if (request.outcome !== null && (!outcome.repeated || request.outcome !== outcome.is))
      wrong.push(`1: signal ${request.number} was ${request.outcome}, and is ${outcome.is} when it comes again`);
    request.outcome = outcome.is;
  }

  /** What is wrong with what became of its signals: each is taken once, by one wait, in the order in which they were taken note of, and none is lost. */
  async problems(store: Store): Promise<string[]> {
    const { history } = this.#world;
    const wrong: string[] = [];
    const queues: Record<SignalName, number[]> = { paid: [], pin: [] };
    const seen = new Set<number>();
    let count = 0;
    for (const [index, { call, state, arrived, kept }] of history.changes.entries()) {
      const left = [...arrived];
      const signals = state.signals ?? { count: 0, kept: 0 };
      if (signals.count > count + 1) wrong.push(`4: one commit takes note of ${signals.count - count} signals`);
      if (signals.count === count + 1) {
        const row = kept.find(({ number }) => number === count);
        const first = row === undefined ? left.shift() : { name: row.name as SignalName, number: numberIn(row) };
        if (first === undefined) wrong.push(`4: a signal is counted that is nowhere, at revision ${call.revision}`);
        else {
          if (row === undefined && queues[first.name].length > 0) wrong.push(`4: signal ${first.number} comes before one that was kept`);
          if (seen.has(first.number)) wrong.push(`4: signal ${first.number} is taken note of twice`);
          if (this.#requests[first.number - 1]?.name !== first.name) wrong.push(`4: nobody has sent ${first.name} ${first.number}`);
          if (index >= this.#overSince) wrong.push('7: a signal is taken by a call that was said to be over');
          seen.add(first.number);
          if (row === undefined) FIGURES.taken++;
          else queues[first.name].push(first.number);
        }
      }
      count = signals.count;
      for (const { name, number } of left) {
        const next = queues[name].shift();
        FIGURES.taken++;
        if (next !== number) wrong.push(`4: ${name} ${number} comes to the flow where ${next ?? 'none'} is next`);
      }
      // What the flow has not come to is forgotten at the end.
      if (call.endedAt === null && signals.kept !== queues.paid.length + queues.pin.length)
        wrong.push(`4: ${signals.kept} signals are said to be kept`);
      const name = signalOf(call.site);
      const isOpen = call.endedAt === null && state.summary === null && state.error === null;
      if (name !== null && isOpen && queues[name].length > 0) wrong.push(`6: the flow waits at ${call.site} for what is kept`);
    }
    for (const { number, outcome } of this.#requests)
      if (outcome !== null && !seen.has(number)) wrong.push(`4: signal ${number} was ${outcome}, and is lost`);
    const { call } = history.last ?? {};
    const rows = call === undefined ? [] : await store.signals(call.id);
    if (call !== undefined && call.endedAt !== null && rows.length > 0) wrong.push(`4: a call that is over keeps ${rows.length} signals`);
    return wrong;
  }
}

/** The numbers of all signals that were taken note of. */
function accepted(history: History): ReadonlySet<number> {
  return new Set(history.changes.flatMap(({ arrived, kept }) => [...arrived.map(({ number }) => number), ...kept.map(numberIn)]));
}

function numberIn({ data }: Pick<SignalRow, 'data'>): number {
  return (JSON.parse(data ?? '{}') as { readonly number: number }).number;
}
