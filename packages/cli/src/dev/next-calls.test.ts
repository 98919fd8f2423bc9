import { describe, expect, it } from 'vitest';
import { NextCalls } from './next-calls.ts';

const NOW = Date.UTC(2026, 0, 5, 3);
const MONDAY = Date.UTC(2026, 0, 12, 11);
const MINUTE = 60_000;

describe('NextCalls', () => {
  it('tells the next call to a number another time, which goes on', () => {
    let now = NOW;
    const times = new NextCalls(() => now);
    times.set('+6560000001', { at: MONDAY, settings: null });
    const id = times.callId({ sessionId: 'one', to: '6560000001' });
    expect(times.timeOf(id)).toBe(MONDAY);
    now += MINUTE;
    expect(times.timeOf(id)).toBe(MONDAY + MINUTE);
  });

  it.each<[string, readonly string[], readonly boolean[]]>([
    ['the call after it', ['one', 'two'], [true, false]],
    ['later webhooks of the same call', ['one', 'one'], [true, false]],
  ])('leaves the real time to %s', (_whom, sessions, isShifted) => {
    const times = new NextCalls(() => NOW);
    times.set('+6560000001', { at: MONDAY, settings: null });
    const told = sessions.map((sessionId) => times.timeOf(times.callId({ sessionId, to: '+6560000001' })));
    expect(told).toEqual(isShifted.map((shifted) => (shifted ? MONDAY : null)));
  });

  it('is not taken by a call that has begun before, nor by one to another number', () => {
    const times = new NextCalls(() => NOW);
    const call = (sessionId: string | null, to = '+6560000001') => times.timeOf(times.callId({ sessionId, to }));
    call('before');
    times.set('+6560000001', { at: MONDAY, settings: null });
    expect([call('before'), call('elsewhere', '+6560000002'), call(null)]).toEqual([null, null, MONDAY]);
  });

  it('is taken back by setting the real time', () => {
    const times = new NextCalls(() => NOW);
    times.set('+6560000001', { at: MONDAY, settings: null });
    times.set('+6560000001', { at: null, settings: null });
    expect(times.timeOf(times.callId({ sessionId: 'one', to: '+6560000001' }))).toBeNull();
  });

  it('is known to the process that serves the next version', () => {
    const times = new NextCalls(() => NOW);
    times.set('+6560000001', { at: MONDAY - 60 * MINUTE, settings: null });
    const id = times.callId({ sessionId: 'one', to: '+6560000001' });
    expect(new NextCalls(() => NOW + MINUTE).timeOf(id)).toBe(MONDAY - 59 * MINUTE);
  });

  it('tells the next call other settings, with another time or without, in the process that serves the next version, too', () => {
    const settings = { key: '0123abcd', values: { closedToday: true } };
    const calls = new NextCalls(() => NOW);
    const place = (): string => calls.callId({ sessionId: null, to: '+6560000001' });
    calls.set('+6560000001', { at: null, settings });
    const first = place();
    calls.set('+6560000001', { at: MONDAY, settings });
    const second = place();
    const next = new NextCalls(() => NOW);
    expect(next.settingsOf(first)).toBeNull();
    next.remember(settings);
    expect([first, second, place()].map((id) => [next.settingsOf(id), next.timeOf(id)])).toEqual([
      [{ closedToday: true }, null],
      [{ closedToday: true }, MONDAY],
      [null, null],
    ]);
  });
});
