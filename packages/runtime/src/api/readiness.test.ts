import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock.test-support.ts';
import { StoreUnavailableError } from '../errors/store-unavailable-error.ts';
import { createReadiness } from './readiness.ts';

function probed(ping: () => Promise<void>) {
  const clock = new ManualClock();
  let probes = 0;
  const ready = createReadiness({ ping: () => (probes++, ping()) }, clock);
  return { clock, ready, probes: () => probes };
}

describe('readiness', () => {
  it('is one look at the store for all who ask within a second', async () => {
    const { clock, ready, probes } = probed(() => Promise.resolve());
    expect(await Promise.all(Array.from({ length: 1_000 }, ready))).toEqual(Array.from({ length: 1_000 }, () => null));
    await clock.advance(999);
    await ready();
    expect(probes()).toBe(1);
    await clock.advance(1);
    await ready();
    expect(probes()).toBe(2);
  });

  it('looks no sooner again while the store fails', async () => {
    const failure = new StoreUnavailableError({ store: 'sqlite', operation: 'ping', reason: 'full', outcome: 'unchanged', detail: null });
    const { ready, probes } = probed(() => Promise.reject(failure));
    expect(await ready()).toContain('the disk is full');
    expect(await ready()).toContain('the disk is full');
    expect(probes()).toBe(1);
  });

  it('keeps nobody waiting for a store that never answers, and does not ask it twice', async () => {
    const { clock, ready, probes } = probed(() => new Promise(() => undefined));
    const first = ready();
    await clock.advance(5_000);
    expect(await first).toBe('the store does not answer');
    expect(await ready()).toBe('the store does not answer');
    const later = (await clock.advance(1_000), ready());
    await clock.advance(5_000);
    expect(await later).toBe('the store does not answer');
    expect(probes()).toBe(1);
  });

  it('tells strangers nothing of an error that is not ours', async () => {
    const { ready } = probed(() => Promise.reject(new TypeError('postgres://user:secret@host')));
    expect(await ready()).toBe('the store is out of reach');
  });
});
