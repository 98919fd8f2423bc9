import fc from 'fast-check';

/** What goes wrong in a world; shares in 0..1, times in ms. */
export interface Faults {
  readonly seed: number;
  /** A process dies at an operation of its store, in a step, a post or a hook. */
  readonly crash: number;
  /** An operation of the store, or `onEnd`, fails. */
  readonly fail: number;
  /** A webhook, or its answer, is lost. */
  readonly lose: number;
  /** A webhook comes again, now or later. */
  readonly repeat: number;
  /** Most of a store's operation. */
  readonly latency: number;
  /** When the caller hangs up; null: he waits to the end. */
  readonly hangsUpAt: number | null;
  /** When somebody asks for the end of the call; null: nobody does. */
  readonly endAskedAt: number | null;
  /** The summary comes before the first webhook. */
  readonly isEarly: boolean;
  /** Calls in memory. */
  readonly hotCalls: number;
  readonly delivery: 'callflow' | 'action';
  readonly isPlaced: boolean;
  /** What comes of a post; `lost`: its answer is, `nobody`: so is the post. */
  readonly post: 'created' | 'lost' | 'nobody' | 'refused';
  readonly processes: 1 | 2;
  /** How often an operator changes the settings of the flow, ms; null: nobody does. */
  readonly changesEvery: number | null;
  /** How often somebody sends a signal, ms; null: nobody does. */
  readonly signalsEvery: number | null;
}

const rare = (most: number): fc.Arbitrary<boolean> => fc.integer({ min: 0, max: most }).map((n) => n === 0);

/** Of a placed call whose post has got no answer, each webhook looks forty times for its session: with the same shares no process would live that long. */
const milder = (given: Faults): Faults => (given.isPlaced ? { ...given, crash: given.crash * 0.15, fail: given.fail * 0.2 } : given);

export const anyFaults: fc.Arbitrary<Faults> = fc
  .record<Faults>({
    seed: fc.integer(),
    crash: fc.constantFrom(0, 0.005, 0.02, 0.06),
    fail: fc.constantFrom(0, 0, 0.02, 0.1),
    lose: fc.constantFrom(0, 0.1, 0.3),
    repeat: fc.constantFrom(0, 0.3, 0.7),
    latency: fc.constantFrom(0, 20, 500),
    hangsUpAt: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: null, freq: 2 }),
    endAskedAt: rare(7).chain((isAsked) => (isAsked ? fc.integer({ min: 0, max: 30_000 }) : fc.constant(null))),
    isEarly: rare(15),
    hotCalls: fc.constantFrom(0, 20_000),
    delivery: fc.constantFrom('callflow', 'callflow', 'action'),
    isPlaced: rare(3),
    post: fc.constantFrom('created', 'created', 'lost', 'nobody', 'refused'),
    processes: fc.constantFrom(1, 2),
    changesEvery: fc.constantFrom(null, 1, 300, 10_000),
    signalsEvery: fc.constantFrom(null, 200, 2_000, 10_000),
  })
  .map(milder);

/** How often things happened in all worlds of a test. */
export const FIGURES = {
  ...{
    worlds: 0,
    decisions: 0,
    crashes: 0,
    failures: 0,
    conflicts: 0,
    holds: 0,
    takeovers: 0,
    steps: 0,
    posts: 0,
    ends: 0,
    told: 0,
    changes: 0,
    read: 0,
    signals: 0,
    taken: 0,
  },
};
