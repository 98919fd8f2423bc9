import { describe, expect, it } from 'vitest';
import { caller } from '../callers/script.ts';
import { SimulatorOptionError } from '../errors/simulator-option-error.ts';
import { api, listening } from '../rest/rest-client.test-support.ts';
import { answer, hangup, makeCall, say, serveWebhooks } from '../webhook-server.test-support.ts';
import { sharedClock } from './shared-clock.ts';

const START = Date.parse('2026-03-27T08:00:00Z');
const DAY = 86_400_000;
const until = (clock: ReturnType<typeof sharedClock>, ms: number) => new Promise<void>((resolve) => clock.timer(ms, resolve));

describe('a shared clock', () => {
  it('jumps to what is next, whosever it is', async () => {
    const clock = sharedClock({ startAt: START });
    const order: string[] = [];
    clock.timeline().after(3 * DAY, () => order.push(`a ${clock.now() - START}`));
    clock.timer(DAY, () => order.push(`b ${clock.now() - START}`));
    clock.timeline().after(DAY, () => order.push('c'));
    await until(clock, 4 * DAY);
    expect(order).toEqual([`b ${DAY}`, 'c', `a ${3 * DAY}`]);
    expect(clock.now()).toBe(START + 4 * DAY);
  });

  it('stands still while it is held, and while work goes on', async () => {
    const clock = sharedClock({ startAt: START });
    const release = clock.timeline().hold();
    let told = (): void => undefined;
    const work = clock.during(new Promise<void>((resolve) => (told = resolve)));
    const later = until(clock, 1);
    release();
    release();
    await new Promise((resolve) => setImmediate(resolve));
    expect(clock.now()).toBe(START);
    told();
    await Promise.all([work, later]);
    expect(clock.now()).toBe(START + 1);
  });

  it('goes on where work fails', async () => {
    const clock = sharedClock({ startAt: START });
    await expect(clock.during(Promise.reject(new TypeError('no')))).rejects.toThrow('no');
    await until(clock, 5);
    expect(clock.now()).toBe(START + 5);
  });

  it('forgets what was taken back, with its timeline or alone, and all once it is closed', async () => {
    const clock = sharedClock({ startAt: START });
    const acted: string[] = [];
    const [closed, open] = [clock.timeline(), clock.timeline()];
    closed.after(1, () => acted.push('closed'));
    open.after(1, () => acted.push('cancelled')).cancel();
    clock.timer(1, () => acted.push('timer'))();
    open.after(2, () => acted.push('open'));
    closed.close();
    await until(clock, 3);
    expect(acted).toEqual(['open']);
    clock.timer(1, () => acted.push('late'));
    clock.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(acted).toEqual(['open']);
  });

  it('has a call that is placed on the third day ring on the third day', async () => {
    const clock = sharedClock({ startAt: START });
    const server = await serveWebhooks(() => answer(hangup));
    const platform = await listening({ webhookUrls: server.url, clock, onOutbound: () => ({ caller }) });
    await until(clock, 2 * DAY);
    await clock.during(api(platform, 'POST', 'acc/callflows', answer(makeCall(), say('Hello'))));
    await platform.idle();
    expect(server.of('SESSION_SUMMARY')[0]?.payload).toMatchObject({ startTime: '2026-03-29T08:00:00Z' });
  });

  it('is refused where it begins at no time', () => {
    expect(() => sharedClock({ startAt: 'now' as never })).toThrow(SimulatorOptionError);
  });
});
