import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { watchDecisions } from './worlds/decided.test-support.ts';
import { anyFaults, FIGURES } from './worlds/faults.test-support.ts';
import { holdsInWorld } from './worlds/play.test-support.ts';
import { anyProgram } from './worlds/random-flow.test-support.ts';
import { memoryStores, postgresStores, sqliteStores, type Stores } from './worlds/stores.test-support.ts';

/** Worlds, always the same ones; others, and more, by the environment: `WORLDS=4000 SEED=7 STORE=memory npx vitest run calls.property`. */
const WORLDS = process.env['WORLDS'];
const SEED = Number(process.env['SEED'] ?? 1);
const STORE = process.env['STORE'] ?? '';

// Each failure begins with the number of the invariant that broke, as they stand at the head of `calls.ts`.
describe('the nine invariants hold, whatever comes in whatever order, and whatever dies,', () => {
  beforeEach(watchDecisions);
  afterAll(() => {
    if (WORLDS !== undefined) process.stderr.write(`${JSON.stringify(FIGURES)}\n`);
  });

  it.each<[string, number, () => Stores | Promise<Stores>]>(
    [
      ['in memory that several processes share', 40, () => memoryStores(true)],
      ['in memory of one process', 20, () => memoryStores(false)],
      ['on SQLite', 10, sqliteStores],
      ['on Postgres, which one or two processes use', 6, postgresStores],
    ].filter(([where]) => String(where).toLowerCase().includes(STORE)) as [string, number, () => Stores | Promise<Stores>][],
  )('%s', async (_where, usual, make) => {
    const stores = await make();
    const property = fc.asyncProperty(anyProgram, anyFaults, (program, faults) => holdsInWorld(stores.open, program, faults));
    const numRuns = Number(WORLDS ?? usual);
    try {
      await fc.assert(property, { numRuns, seed: SEED, endOnFailure: process.env['SHRINK'] === undefined });
    } finally {
      await stores.close();
    }
    expect(FIGURES.worlds).toBeGreaterThanOrEqual(2 * numRuns);
  });
});
