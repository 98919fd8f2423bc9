import { capture, defineFlow, say, step, uninterruptible } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { deferred, World } from './calls.test-support.ts';

type Run = (context: { readonly signal: AbortSignal }) => unknown;

/** A flow that looks something up, and cleans up however the call ends. */
const cleaning = (lookup: Run, cleanUp: Run) =>
  defineFlow({ name: 'cleaning', voice: 'en-US-ZiraRUS' }, function* () {
    try {
      yield* capture('Account?', { id: 'account' });
      yield* step('lookup', lookup, { examples: { found: 'Ann' }, retries: 0 });
      yield* capture('More?', { id: 'more' });
      yield say('Goodbye.');
    } finally {
      yield* uninterruptible(function* () {
        yield* step('clean-up', cleanUp, { examples: { done: null }, retries: 0 });
      });
    }
  });

describe('what a flow still does when its caller has gone', () => {
  it('runs once, however often the summary comes', async () => {
    let runs = 0;
    const slow = deferred<null>();
    const world = await World.open([
      cleaning(
        () => 'Ann',
        () => (runs++, slow.promise),
      ),
    ]);
    await world.received();
    const summaries = [world.over(), world.over(), world.over()];
    await Promise.all(summaries);
    slow.resolve(null);
    await world.calls.settled();
    expect(runs).toBe(1);
    expect((await world.store.load({ id: 'call-1' }))?.call).toMatchObject({ status: 'ended', dueAt: null });
  });

  it('is not cut short with the step that ran when the caller went', async () => {
    const aborted: boolean[] = [];
    const lookup: Run = ({ signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const world = await World.open([cleaning(lookup, ({ signal }) => (aborted.push(signal.aborted), null))]);
    await world.received();
    void world.completed('7');
    await world.clock.advance(100);
    await world.over();
    await world.calls.settled();
    expect(aborted).toEqual([false]);
    expect(world.told).toEqual(expect.arrayContaining(['lookup:failed', 'clean-up:ok']));
  });
});

describe('a step that runs when the caller hangs up', () => {
  it.each<[string, boolean]>([
    ['in an uninterruptible block is not cut short, and is tried again', true],
    ['elsewhere is aborted, and not tried again', false],
  ])('%s', async (_where, isKept) => {
    const done: string[] = [];
    const reply = deferred<boolean>();
    const paying = defineFlow({ name: 'paying', voice: 'en-US-ZiraRUS' }, function* () {
      const pay = function* () {
        yield* step('charge', async ({ signal, attempt }) => {
          if (attempt === 1 && !(await reply.promise)) throw new Error('no reply');
          done.push(`charged ${signal.aborted}`);
        });
        yield* step('book', () => done.push('booked'));
      };
      yield* isKept ? uninterruptible(pay) : pay();
    });
    const world = await World.open([paying]);
    const answer = world.received();
    await world.clock.advance(10);
    const over = world.over();
    await world.clock.advance(10);
    reply.resolve(false);
    await world.clock.advance(5_000);
    await Promise.all([answer, over]);
    expect(done).toEqual(isKept ? ['charged false', 'booked'] : []);
  });
});
