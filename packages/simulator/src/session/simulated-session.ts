import { phoneKeys } from '@hookswitch/dsl/testing';
import { decided, type PartyAct } from '../callers/party.ts';
import type { Person } from '../callers/person.ts';
import { SessionOverError } from '../errors/session-over-error.ts';
import type { CallSession } from './call-session.ts';
import type { SessionEnd, SessionEvent } from './events.ts';

/** What a session does at the moment. */
export type SessionState = 'ringing' | 'asking' | 'speaking' | 'listening' | 'bridged' | 'silent' | 'ended' | 'closed';

const STATES: Partial<Record<SessionEvent['type'], SessionState>> = {
  ringing: 'ringing',
  asking: 'asking',
  spoken: 'speaking',
  played: 'speaking',
  listening: 'listening',
  bridged: 'bridged',
  silence: 'silent',
  ended: 'ended',
  closed: 'closed',
};

/**
 * One call at the platform, as tests, a browser's phone and reports see it. What a person does gives a promise of that person's next turn:
 * the platform listens again, a bridge is up, nothing more comes, or the call is over and all its webhooks are delivered.
 */
export class SimulatedSession {
  /** 8x8's session id. */
  readonly id: string;
  /** Which call of the run this is, as it was named or numbered. */
  readonly call: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string | null;
  readonly to: string;
  /** Fulfilled when the call is over and all its webhooks are delivered. */
  readonly closed: Promise<this>;
  readonly #session: CallSession;
  readonly #person: Person | null;
  readonly #events: SessionEvent[] = [];
  #state: SessionState = 'ringing';
  #close: () => void = () => {};

  /** Made by the platform. `person`: null where a script or walker is on the line. */
  constructor(session: CallSession, person: Person | null, keepEvents: boolean) {
    this.#session = session;
    this.#person = person;
    this.id = session.id;
    this.call = session.start.call;
    this.direction = session.start.direction;
    this.from = session.start.from;
    this.to = session.start.to;
    this.closed = new Promise((resolve) => (this.#close = () => resolve(this)));
    session.listen((event) => {
      this.#state = STATES[event.type] ?? this.#state;
      if (keepEvents) this.#events.push(event);
      if (event.type === 'closed') this.#close();
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  /** All that the caller heard, in order: texts, and files as `file: URL`. */
  get heard(): readonly string[] {
    return this.#session.heard;
  }

  /** All that happened, where the platform keeps events. */
  get events(): readonly SessionEvent[] {
    return this.#events;
  }

  /** How the call ended; null while it lives. */
  get end(): SessionEnd | null {
    return this.#session.end;
  }

  /** Ids of the session's legs, the first leg first. */
  get callIds(): readonly string[] {
    return this.#session.legs.map((leg) => leg.callId);
  }

  /** The time in this call: ms since 1970. */
  now(): number {
    return this.#session.timeline.now();
  }

  /** Calls `listener` for each event from now on; the returned function ends that. */
  on(listener: (event: SessionEvent) => void): () => void {
    return this.#session.listen(listener);
  }

  /** Every event so far and all that come, until the call is closed. */
  async *[Symbol.asyncIterator](): AsyncGenerator<SessionEvent, void, undefined> {
    const queue = [...this.#events];
    let wake = (): void => {};
    const off = this.on((event) => {
      queue.push(event);
      wake();
    });
    try {
      for (;;) {
        const event = queue.shift();
        if (event !== undefined) yield event;
        if (event?.type === 'closed') return;
        if (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      off();
    }
  }

  /** Fulfilled when it is the person's turn, or the call is over. */
  ready(): Promise<void> {
    return this.#by('ready').untilTurn();
  }

  /** Presses these keys at once, as far as anything listens. Throws `PhoneKeyError` for what isn't a key, `SessionOverError` after the end. */
  press(keys: string): Promise<void> {
    const each = phoneKeys(keys);
    return this.#act('press', () => each.forEach((key) => this.#session.press(key)));
  }

  /** Presses nothing and lets time go on. */
  stayQuiet(): Promise<void> {
    return this.#act('stayQuiet', () => {});
  }

  /** Lets so many ms pass, whatever happens meanwhile. */
  wait(ms: number): Promise<void> {
    this.#mustLive('wait');
    return this.#by('wait').wait(ms);
  }

  hangUp(): Promise<void> {
    return this.#act('hangUp', () => this.#session.stop({ by: 'caller' }));
  }

  /** Decides what a party does that rings and is played by hand: the second party of a bridge, or whoever an outbound call is for. */
  partyDoes(act: Exclude<PartyAct, 'by-hand'>): Promise<void> {
    return this.#decide('partyDoes', decided(act));
  }

  /** The second party of a bridge, played by hand, hangs up. */
  partyHangsUp(): Promise<void> {
    return this.#decide('partyHangsUp', 'hangs-up');
  }

  #decide(tried: string, decision: Parameters<NonNullable<CallSession['decide']>>[0]): Promise<void> {
    this.#mustLive(tried);
    const { decide } = this.#session;
    if (decide === null)
      throw new SessionOverError(
        this.id,
        tried,
        'no party that is played by hand rings or speaks at the moment. Give it { does: "by-hand" }.',
      );
    if (this.#person !== null) return this.#person.act(() => decide(decision));
    decide(decision);
    return Promise.resolve();
  }

  #act(tried: string, what: () => void): Promise<void> {
    this.#mustLive(tried);
    return this.#by(tried).act(what);
  }

  #by(tried: string): Person {
    if (this.#person === null)
      throw new SessionOverError(this.id, tried, `"${this.#session.start.caller.name}" is on this call; a person can't act in its place.`);
    return this.#person;
  }

  #mustLive(tried: string): void {
    if (this.#session.isOver) throw new SessionOverError(this.id, tried, 'the call is over.');
  }
}
