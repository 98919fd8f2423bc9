import { capture, compile, defineFlow, explore, type Flow, say, step, verify } from '@hookswitch/dsl';
import { startCall } from '@hookswitch/dsl/testing';
import { describe, expect, it } from 'vitest';
import { HOSTILE_VALUES } from './support/hostile-values.ts';

/** Where a flow may throw what nobody can read. */
const PLACES: Readonly<Record<string, (thrown: () => unknown) => Flow>> = {
  'before its first wait': function* (thrown) {
    yield say('Hello.');
    throw thrown();
  },
  'after an answer': function* (thrown) {
    yield* capture('Key?', { id: 'key' });
    throw thrown();
  },
  'out of a helper, caught and thrown again': function* (thrown) {
    yield* capture('Key?', { id: 'key' });
    const helper = function* (): Flow {
      yield say('One moment.');
      throw thrown();
    };
    try {
      yield* helper();
    } catch (error) {
      yield say('Sorry.');
      throw error;
    }
  },
  'in a step': function* (thrown) {
    yield* step('odd', () => {
      throw thrown();
    });
  },
};

const CASES = Object.keys(PLACES).flatMap((place) => Object.keys(HOSTILE_VALUES).map((value) => [value, place] as const));

describe('a flow that throws', () => {
  it.each(CASES)('%s, %s, can be explored, verified and compiled, and called in a test', async (value, place) => {
    const thrown = HOSTILE_VALUES[value] as () => unknown;
    const flow = defineFlow({ name: 'hostile', voice: 'en-US-ZiraRUS' }, function* () {
      yield* (PLACES[place] as (typeof PLACES)[string])(thrown);
    });
    expect(() => [explore(flow), compile(flow)]).not.toThrow();
    expect(verify(flow).problems.map(({ code }) => code)).toContainEqual(expect.stringMatching(/FLOW_THROWS|STEP_UNCAUGHT/));
    await expect(
      startCall(flow).then(async (call) => {
        await call.press('1');
      }),
    ).rejects.toBeInstanceOf(Error);
  });
});
