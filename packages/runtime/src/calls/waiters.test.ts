import { describe, expect, it } from 'vitest';
import { ManualClock, settle } from '../clock.test-support.ts';
import { Waiters } from './waiters.ts';

describe('who waits for a call', () => {
  it('is woken by any of its names, and leaves nothing behind', async () => {
    const waiters = new Waiters();
    const resting = waiters.add(['call-1', 'session-1']).rest(new ManualClock(), 5_000);
    waiters.wake(['session-1']);
    await resting;
    expect(waiters.byName.size).toBe(0);
  });

  it('leaves the others waiting when its time is up', async () => {
    const clock = new ManualClock();
    const waiters = new Waiters();
    const [short, long] = [waiters.add(['call-1']), waiters.add(['call-1'])];
    let woken = false;
    const [resting, other] = [short.rest(clock, 100), long.rest(clock, 5_000).then(() => (woken = true))];
    await clock.advance(100);
    await resting;
    expect([waiters.byName.get('call-1')?.size, woken]).toEqual([1, false]);
    waiters.wake(['call-1']);
    await other;
    expect(waiters.byName.size).toBe(0);
  });

  it('sets no timer where it waits for ever, and one at once for a moment that is over', async () => {
    const timers: number[] = [];
    const clock = { now: () => 0, timer: (ms: number, fire: () => void) => (timers.push(ms), void setImmediate(fire), () => undefined) };
    const waiters = new Waiters();
    const resting = waiters.add(['call-1']).rest(clock, Infinity);
    await settle();
    expect(timers).toEqual([]);
    waiters.wake(['call-1']);
    await resting;
    await waiters.add(['call-1']).rest(clock, -5);
    expect(timers).toEqual([0]);
  });
});
