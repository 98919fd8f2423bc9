import { seededRandom } from '../../generator/seeded-random.ts';

/** What a flow must not see: a time of day and a stream of chance. */
export interface World {
  /** What the clock shows: milliseconds since 1970, UTC. */
  readonly now: number;
  /** The first number that is drawn, in [0, 1); what follows is seeded by it. */
  readonly chance: number;
}

/**
 * Runs `task`, which must be synchronous, while the clock and the randomness of the machine are others. The core reads neither of them;
 * a flow that does gives itself away. The clock and randomness themselves are put back whatever happens.
 */
export function inWorld<R>(world: World, task: () => R): R {
  const { Date: clock } = globalThis;
  // eslint-disable-next-line no-restricted-properties -- it is only put aside here, to be put back
  const { random } = Math;
  // Reflect, because a host may have frozen them: then this world is like the other one, and nothing else is wrong.
  Reflect.set(globalThis, 'Date', stoppedClock(clock, world.now));
  Reflect.set(Math, 'random', drawFrom(world.chance));
  try {
    return task();
  } finally {
    Reflect.set(globalThis, 'Date', clock);
    Reflect.set(Math, 'random', random);
  }
}

/** `Date` as it is, but for what it takes from the machine's clock. */
function stoppedClock(clock: DateConstructor, now: number): DateConstructor {
  return new Proxy(clock, {
    construct: (target, given: unknown[], as) => Reflect.construct(target, given.length === 0 ? [now] : given, as) as object,
    apply: () => new clock(now).toString(),
    get: (target, key, receiver): unknown => (key === 'now' ? () => now : Reflect.get(target, key, receiver)),
  });
}

function drawFrom(first: number): () => number {
  const following = seededRandom(Math.floor(first * 2 ** 32));
  let drawn = false;
  return () => {
    if (drawn) return following();
    drawn = true;
    return first;
  };
}
