import { fc, test } from '@fast-check/vitest';
import { capture, defineFlow, type FlowModule, isStepFailedError, say, step } from '@hookswitch/dsl';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { HOSTILE_VALUES, hostileValue } from '../../../../test/support/hostile-values.ts';
import { makeStorePlace, type StorePlace } from '../../../../test/support/store-place.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { DATA_KEY, heard, World } from './calls.test-support.ts';

/** What an author's code does with a value: gives it, throws it, or rejects with it. */
const HOW = {
  gives: (value: unknown) => value,
  throws: (value: unknown) => {
    throw value;
  },
  'rejects with': (value: unknown) => Promise.reject(value as Error),
} as const;

interface Trial {
  readonly make: () => unknown;
  readonly how: keyof typeof HOW;
  /** Where the value comes up: in a step, in one of a `finally` block, in the flow itself, in `onEnd`. */
  readonly where: 'step' | 'finally' | 'flow' | 'onEnd';
  readonly sensitive: boolean;
  readonly hasKeys: boolean;
}

const trial: fc.Arbitrary<Trial> = fc.record({
  make: hostileValue,
  how: fc.constantFrom(...(Object.keys(HOW) as (keyof typeof HOW)[])),
  where: fc.constantFrom('step', 'finally', 'flow', 'onEnd'),
  sensitive: fc.boolean(),
  hasKeys: fc.boolean(),
});

/** A flow in which the value comes up, and the keys that its steps ran under. */
function flowOf({ make, how, where, sensitive }: Trial): { readonly flow: FlowModule; readonly keys: string[]; isLive: boolean } {
  const keys: string[] = [];
  const trial = { keys, isLive: false };
  const odd = (at: string) =>
    step(
      'odd',
      ({ idempotencyKey }): unknown => {
        keys.push(idempotencyKey);
        return where === at ? HOW[how](make()) : 'fine';
      },
      { retries: 0, sensitive, examples: { fine: 'fine' } },
    );
  const body = function* () {
    try {
      yield* capture('Go on?', { id: 'go' });
      if (where === 'flow' && trial.isLive) HOW.throws(make());
      yield* odd('step');
      yield say('It went well.');
      yield* capture('More?', { id: 'more' });
    } catch (error) {
      if (!isStepFailedError(error)) throw error;
      yield* capture('It went wrong. More?', { id: 'more' });
    } finally {
      if (where === 'finally') yield* odd('finally');
    }
  };
  return Object.assign(trial, { flow: defineFlow({ name: 'odd', voice: 'en-US-ZiraRUS' }, body) });
}

/** Whether that is a failure: what is given may be a thenable that throws or rejects, or a proxy that refuses to say whether it is one. */
async function fails({ how, make }: Trial): Promise<boolean> {
  try {
    await HOW[how](make());
    return false;
  } catch {
    return true;
  }
}

let places: readonly StorePlace[] = [];
let sessions = 0;

beforeAll(async () => {
  places = [await makeStorePlace('sqlite'), await makeStorePlace('postgres')];
});
afterAll(() => Promise.all(places.map((place) => place.remove())));

async function run(given: Trial, store: Store) {
  const subject = flowOf(given);
  const { flow, keys } = subject;
  let ends = 0;
  const onEnd = async (): Promise<void> => {
    if (ends++ === 0 && given.where === 'onEnd') await HOW[given.how](given.make());
  };
  const id = `session-${++sessions}`;
  const world = await World.open([flow], { store, onEnd, ids: id, ...(given.hasKeys ? { dataKeys: DATA_KEY } : {}) });
  subject.isLive = true;
  await world.received({ sessionId: id });
  const answer = heard(await world.completed('1', { sessionId: id }));
  const again = heard(await world.completed('2', { sessionId: id }));
  await world.over({ sessionId: id });
  await world.calls.settled();
  await world.clock.advance(world.context.settings.lease);
  await world.sweep();
  const found = await store.load({ id: `${id}-1` });
  await store.close();
  return { keys, answer, again, ends, call: found?.call };
}

describe.each(['memory', 'sqlite', 'postgres'] as const)('whatever authors give or throw, on a store of the kind %s', (kind) => {
  const examples = Object.values(HOSTILE_VALUES).flatMap((make): [Trial][] => [
    [{ make, how: 'throws', where: 'step', sensitive: false, hasKeys: false }],
    [{ make, how: 'gives', where: 'step', sensitive: true, hasKeys: true }],
    [{ make, how: 'throws', where: 'flow', sensitive: false, hasKeys: false }],
  ]);

  test.prop([trial], { numRuns: kind === 'memory' ? 100 : 20, examples: kind === 'memory' ? examples : [] })(
    'the step runs once, the flow is told, the caller hears something, and the call ends',
    async (given) => {
      const store = openStore(kind === 'memory' ? 'memory' : (places.find((place) => place.kind === kind)?.url ?? ''));
      const { keys, answer, again, ends, call } = await run(given, store);
      const runs = given.sensitive && !given.hasKeys ? 0 : given.where === 'finally' ? 2 : given.where === 'flow' ? 0 : 1;
      expect(keys).toHaveLength(runs);
      expect(new Set(keys).size).toBe(keys.length);
      if (given.where !== 'flow') expect(answer[0]).toMatch(/^It went/);
      expect([answer.length > 0, again.length > 0]).toEqual([true, true]);
      const often = given.where === 'onEnd' && (await fails(given)) ? 2 : 1;
      expect({ ends, dueAt: call?.dueAt }).toEqual({ ends: often, dueAt: null });
    },
  );
});
