import { describe, expect, it } from 'vitest';
import { Refresher, type RefreshClock } from '../../packages/console/page/src/lib/refresher.ts';

const EVERY = 500;

/** A clock that stands still until it is told to go on. */
class ToldClock implements RefreshClock {
  #now = 0;
  readonly #due = new Set<{ readonly at: number; readonly act: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, act: () => void): () => void {
    const timer = { at: this.#now + ms, act };
    this.#due.add(timer);
    return () => void this.#due.delete(timer);
  }

  async run(ms: number): Promise<void> {
    this.#now += ms;
    for (const timer of [...this.#due].filter(({ at }) => at <= this.#now)) {
      this.#due.delete(timer);
      timer.act();
    }
    await new Promise(setImmediate);
  }
}

/** News come every `pause` ms for ten seconds; gives the longest time between two loads that began. */
async function longestPause(pause: number, load: () => Promise<void> = () => Promise.resolve()): Promise<number> {
  const clock = new ToldClock();
  const began: number[] = [];
  const refresher = new Refresher(
    () => {
      began.push(clock.now());
      return load();
    },
    EVERY,
    clock,
  );
  for (let at = 0; at < 10_000; at += pause) {
    refresher.news();
    await clock.run(pause);
  }
  refresher.stop();
  return Math.max(...began.slice(1).map((at, index) => at - (began[index] ?? 0)), began.length < 2 ? Infinity : 0);
}

describe('a list that is loaded anew by news', () => {
  it.each([10, 83, 250, 499, 600])('is loaded twice a second, however fast they come: one each %i ms', async (pause) => {
    expect(await longestPause(pause)).toBeLessThanOrEqual(EVERY + pause);
  });

  it('goes on being loaded when a load fails', async () => {
    expect(await longestPause(50, () => Promise.reject(new TypeError('gone')))).toBeLessThanOrEqual(EVERY + 50);
  });

  it('is loaded at once after a quiet time, and once for many news', async () => {
    const clock = new ToldClock();
    let loads = 0;
    const refresher = new Refresher(() => Promise.resolve(loads++), EVERY, clock);
    refresher.news();
    await clock.run(5_000);
    for (let n = 0; n < 20; n++) refresher.news();
    await clock.run(0);
    expect(loads).toBe(2);
    await clock.run(EVERY);
    expect(loads).toBe(3);
    await clock.run(60_000);
    expect(loads).toBe(3);
  });

  it('is not loaded twice at a time, and once more for what came meanwhile', async () => {
    const clock = new ToldClock();
    const waiting: (() => void)[] = [];
    const refresher = new Refresher(() => new Promise<void>((done) => waiting.push(done)), EVERY, clock);
    refresher.news();
    await clock.run(5_000);
    refresher.news();
    refresher.news();
    await clock.run(5_000);
    expect(waiting).toHaveLength(1);
    waiting[0]?.();
    await clock.run(0);
    expect(waiting).toHaveLength(2);
  });
});
