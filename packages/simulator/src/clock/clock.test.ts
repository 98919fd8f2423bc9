import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualTime } from './manual-time.test-support.ts';
import { realClock } from './real-clock.ts';
import { TimerQueue } from './timer-queue.ts';
import { virtualClock } from './virtual-clock.ts';

describe('a timer queue', () => {
  it('gives timers by time, equal ones in the order of adding, without those that were taken back', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ at: fc.nat(20), cancelled: fc.boolean() })), (timers) => {
        const queue = new TimerQueue();
        const cancels = timers.map(({ at }) => queue.add(at, () => {}));
        timers.forEach(({ cancelled }, index) => cancelled && cancels[index]?.());
        const taken = Array.from({ length: queue.size }, () => queue.take()?.at);
        expect(taken).toEqual(
          timers
            .filter(({ cancelled }) => !cancelled)
            .map(({ at }) => at)
            .sort((a, b) => a - b),
        );
      }),
    );
  });

  it('keeps the order of equal times', () => {
    const queue = new TimerQueue();
    const done: number[] = [];
    for (const name of [1, 2, 3, 4, 5]) queue.add(7, () => done.push(name));
    while (queue.size > 0) queue.take()?.act();
    expect(done).toEqual([1, 2, 3, 4, 5]);
  });

  it('takes a timer back once', () => {
    const queue = new TimerQueue();
    const cancel = queue.add(1, () => {});
    queue.add(2, () => {});
    cancel();
    cancel();
    expect(queue.size).toBe(1);
    queue.clear();
    expect(queue.take()).toBeNull();
  });
});

describe('virtual time', () => {
  it('passes at once, each timeline by itself', async () => {
    const clock = virtualClock({ startAt: 1_000 });
    const [a, b] = [clock.timeline(), clock.timeline()];
    await new Promise<void>((resolve) => a.after(3_600_000, resolve));
    expect([a.now(), b.now(), clock.now()]).toEqual([3_601_000, 1_000, 3_601_000]);
  });

  it('stands still while something holds it', async () => {
    const timeline = virtualClock({ startAt: 0 }).timeline();
    const [one, two] = [timeline.hold(), timeline.hold()];
    let passed = false;
    const later = new Promise<void>((resolve) => timeline.after(5, () => resolve(void (passed = true))));
    one();
    one();
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(passed).toBe(false);
    two();
    await later;
    expect(timeline.now()).toBe(5);
  });

  it('lets whoever waited for a timer act before the next one', async () => {
    const timeline = virtualClock({ startAt: 0 }).timeline();
    const order: string[] = [];
    const first = new Promise<void>((resolve) => timeline.after(1, resolve)).then(() => Promise.resolve()).then(() => order.push('waiter'));
    const second = new Promise<void>((resolve) => timeline.after(1, () => resolve(void order.push('second'))));
    await Promise.all([first, second]);
    expect(order).toEqual(['waiter', 'second']);
  });

  it('passes no faster than its pace, and in the same order', async () => {
    const time = new ManualTime();
    const timeline = virtualClock({ startAt: 0, pace: 600 }, time).timeline();
    const done: number[] = [];
    timeline.after(60_000, () => done.push(timeline.now()));
    timeline.after(30_000, () => {
      done.push(timeline.now());
      timeline.after(10_000, () => done.push(timeline.now()));
    });
    await time.pass(50);
    expect(done).toEqual([30_000]);
    await time.pass(49);
    expect(done).toEqual([30_000, 40_000]);
    await time.pass(1);
    expect([done, timeline.now()]).toEqual([[30_000, 40_000, 60_000], 60_000]);
  });

  it('keeps its pace after something held it', async () => {
    const time = new ManualTime();
    const timeline = virtualClock({ startAt: 0, pace: 100 }, time).timeline();
    const release = timeline.hold();
    const done: number[] = [];
    timeline.after(5_000, () => done.push(timeline.now()));
    await time.pass(1_000);
    release();
    await time.pass(49);
    expect(done).toEqual([]);
    await time.pass(1);
    expect(done).toEqual([5_000]);
  });

  it('ends with its timeline', async () => {
    const clock = virtualClock();
    const timeline = clock.timeline();
    timeline.after(1, () => expect.unreachable());
    timeline.close();
    await new Promise(setImmediate);
    await new Promise(setImmediate);
  });
});

describe('real time', () => {
  it('does what is due in order, and nothing that was taken back', async () => {
    const time = new ManualTime();
    const timeline = realClock(time).timeline();
    const done: number[] = [];
    timeline.after(3, () => done.push(3));
    timeline.after(1, () => done.push(1));
    timeline.after(2, () => done.push(2)).cancel();
    await time.pass(5);
    expect(done).toEqual([1, 3]);
  });

  it('does nothing after it was closed', async () => {
    const time = new ManualTime();
    const clock = realClock(time);
    clock.timeline().after(0, () => expect.unreachable());
    clock.close();
    await time.pass(5);
  });

  it('is the time of the machine', () => {
    const [before, now, after] = [Date.now(), realClock().now(), Date.now()];
    expect(now).toBeGreaterThan(before - 1_000);
    expect(now).toBeLessThan(after + 1_000);
  });

  it('passes by itself', async () => {
    const timeline = realClock().timeline();
    const began = timeline.now();
    await new Promise<void>((resolve) => timeline.after(1, resolve));
    expect(timeline.now()).toBeGreaterThanOrEqual(began + 1);
  });
});
