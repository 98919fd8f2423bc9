import { seededRandom } from '../../generator/seeded-random.ts';
import { type Patch, withPatches } from './patches.ts';
import { dateAt, datePatches, type Place } from './world-date.ts';
import { intlPatches } from './world-intl.ts';
import { machinePatches } from './world-machine.ts';

/** What a flow must not see: a time of day, a stream of chance, and where the machine stands. */
export interface World extends Place {
  /** What the clock shows: milliseconds since 1970, UTC. */
  readonly now: number;
  /** The first number that is drawn, in [0, 1); what follows is seeded by it. */
  readonly chance: number;
}

/**
 * Runs `task`, which must be synchronous, while clock, randomness, zone and language of the machine are others. The core reads none of them;
 * a flow that does gives itself away. All is put back whatever happens; where a host has frozen something, this world is like the other one in that.
 * `read` is called wherever something of the world is read.
 */
export function inWorld<R>(world: World, task: () => R, read: () => void = nobodyAsks): R {
  const { Date: clock } = globalThis;
  const { now, chance, zone } = world;
  const drawn = drawFrom(chance);
  const readNow = (): number => {
    read();
    return now;
  };
  const draw = (): number => {
    read();
    return drawn();
  };
  const patches: readonly Patch[] = [
    { on: globalThis, key: 'Date', value: dateAt(clock, now, world, read) },
    ...datePatches(clock, world, read),
    ...intlPatches(world, now, read),
    { on: Math, key: 'random', value: draw },
    ...machinePatches(readNow, draw, zone),
  ];
  return withPatches(patches, task);
}

function nobodyAsks(): void {}

function drawFrom(first: number): () => number {
  const following = seededRandom(Math.floor(first * 2 ** 32));
  let drawn = false;
  return () => {
    if (drawn) return following();
    drawn = true;
    return first;
  };
}
