import { describe, expect, it, onTestFinished } from 'vitest';
import { deploy, rolling, versions } from '../soak/deploy.ts';
import { two } from '../soak/duplicates.ts';
import { kill, killOfTwo } from '../soak/kill.ts';
import type { Scenario, SoakResult } from '../soak/scenario.ts';
import { steps } from '../soak/steps.ts';
import { full, store } from '../soak/store-trouble.ts';
import { BUILT } from '../support/built.ts';
import { makeStorePlace, type StoreKind } from '../support/store-place.ts';

/** A scenario of `npm run soak` with few calls. */
async function run(scenario: Scenario, kind: StoreKind, calls: number): Promise<SoakResult> {
  const place = await makeStorePlace(kind);
  onTestFinished(() => place.remove());
  return scenario.run({ calls, seed: 3, place, built: BUILT, old: null, tell: () => undefined });
}

const HANGS = { timeout: 240_000 };

describe('callers of a server in a process of its own hear what they must', HANGS, () => {
  it('while it is killed at random moments', async () => {
    const { wrong, figures } = await run(kill, 'sqlite', 8);
    expect(wrong).toEqual([]);
    expect(figures['kills']).toBeGreaterThan(0);
  });

  it('while one of two instances is killed at random moments', async () => {
    const { wrong, figures } = await run(killOfTwo, 'postgres', 8);
    expect(wrong).toEqual([]);
    expect(figures['kills']).toBeGreaterThan(0);
  });

  it('while every webhook comes several times, late and out of order, and every VCA to two instances at once', async () => {
    expect((await run(two, 'postgres', 6)).wrong).toEqual([]);
  });

  it('while steps do whatever they like, and callers hang up in the middle', async () => {
    expect((await run(steps, 'sqlite', 12)).wrong).toEqual([]);
  });

  it.each([
    ['other code is deployed in the place of the one before', deploy, 'sqlite'],
    ['other code is deployed beside the one before', versions, 'sqlite'],
    ['other code is deployed beside the one before, on one of two instances after the other', rolling, 'postgres'],
  ] as const)('while %s', async (_what, scenario, kind) => {
    const { wrong, figures } = await run(scenario, kind, 24);
    expect(wrong).toEqual([]);
    expect(figures['deploys']).toBeGreaterThan(0);
  });

  it('while the disk is full now and then', async ({ skip }) => {
    const { wrong, figures } = await run(full, 'sqlite', 6);
    if (figures['skipped'] === 1) skip('no disk can be mounted here');
    expect(wrong).toEqual([]);
    expect(figures['full']).toBeGreaterThan(0);
  });

  it.runIf(process.platform === 'linux')("while SQLite's files can grow no more, or can't be written, now and then", async () => {
    const { wrong, figures } = await run(store, 'sqlite', 8);
    expect(wrong).toEqual([]);
    expect(figures['limited']).toBeGreaterThan(0);
  });

  it('while Postgres is gone, restarted, slow or read-only now and then', async () => {
    const { wrong, figures } = await run(store, 'postgres', 8);
    expect(wrong).toEqual([]);
    expect(figures['gone']).toBeGreaterThan(0);
  });
});
