import { capture, defineFlow, isStepFailedError, say, step } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { heard, World } from './calls.test-support.ts';

/** Digits that no exploration thinks of lead to what is sensitive. */
function hidden(log: string[]) {
  return defineFlow({ name: 'hidden', voice: 'en-US-ZiraRUS' }, function* () {
    const code = yield* capture('Code?', { id: 'code', maxDigits: 8 });
    if (code === '7391') yield* capture('PIN?', { id: 'pin', sensitive: true });
    if (code !== '7392') return;
    try {
      yield say(yield* step('secret', () => `${log.push('ran')}`, { sensitive: true, examples: { ok: 'ok' } }));
    } catch (error) {
      if (!isStepFailedError(error)) throw error;
      log.push(error.reason);
      yield* capture('Sorry. More?', { id: 'more' });
    }
  });
}

describe('what is sensitive, on a server without data keys', () => {
  it('is not begun where it is a step, which has failed once for the flow, now and after a restart', async () => {
    const log: string[] = [];
    const world = await World.open([hidden(log)]);
    await world.received();
    expect(heard(await world.completed('7392'))).toEqual(['Sorry. More? …']);
    world.restart();
    expect(heard(await world.completed('1'))).toEqual(['⏹']);
    expect(new Set(log)).toEqual(new Set(['SealKeyMissingError']));
  });

  it('is not asked of a caller, who hears the fallback, and the call ends', async () => {
    const world = await World.open([hidden([])]);
    await world.received();
    expect(heard(await world.completed('7391')).at(-1)).toBe('⏹');
    expect(world.told).toContain('fallback:internal');
    await world.over();
    expect((await world.store.load({ id: 'call-1' }))?.call).toMatchObject({ status: 'failed', dueAt: null });
  });
});
