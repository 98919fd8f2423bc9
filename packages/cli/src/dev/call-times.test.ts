import { describe, expect, it } from 'vitest';
import { CallTimes } from './call-times.ts';

const NOW = Date.UTC(2026, 0, 5, 3);
const MONDAY = Date.UTC(2026, 0, 12, 11);
const MINUTE = 60_000;

describe('CallTimes', () => {
  it('tells the next call to a number another time, which goes on', () => {
    let now = NOW;
    const times = new CallTimes(() => now);
    times.set('+6560000001', MONDAY);
    const id = times.callId({ sessionId: 'one', to: '6560000001' });
    expect(times.timeOf(id)).toBe(MONDAY);
    now += MINUTE;
    expect(times.timeOf(id)).toBe(MONDAY + MINUTE);
  });

  it.each<[string, readonly string[], readonly boolean[]]>([
    ['the call after it', ['one', 'two'], [true, false]],
    ['later webhooks of the same call', ['one', 'one'], [true, false]],
  ])('leaves the real time to %s', (_whom, sessions, isShifted) => {
    const times = new CallTimes(() => NOW);
    times.set('+6560000001', MONDAY);
    const told = sessions.map((sessionId) => times.timeOf(times.callId({ sessionId, to: '+6560000001' })));
    expect(told).toEqual(isShifted.map((shifted) => (shifted ? MONDAY : null)));
  });

  it('is not taken by a call that has begun before, nor by one to another number', () => {
    const times = new CallTimes(() => NOW);
    const call = (sessionId: string | null, to = '+6560000001') => times.timeOf(times.callId({ sessionId, to }));
    call('before');
    times.set('+6560000001', MONDAY);
    expect([call('before'), call('elsewhere', '+6560000002'), call(null)]).toEqual([null, null, MONDAY]);
  });

  it('is taken back by setting the real time', () => {
    const times = new CallTimes(() => NOW);
    times.set('+6560000001', MONDAY);
    times.set('+6560000001', null);
    expect(times.timeOf(times.callId({ sessionId: 'one', to: '+6560000001' }))).toBeNull();
  });

  it('is known to the process that serves the next version', () => {
    const times = new CallTimes(() => NOW);
    times.set('+6560000001', MONDAY - 60 * MINUTE);
    const id = times.callId({ sessionId: 'one', to: '+6560000001' });
    expect(new CallTimes(() => NOW + MINUTE).timeOf(id)).toBe(MONDAY - 59 * MINUTE);
  });
});
