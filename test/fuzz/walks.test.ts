import { describe, expect, it } from 'vitest';
import { verifyGeneratedFlows, walkExamples, walkGeneratedFlows } from './walks.ts';

describe('random calls', () => {
  it('of generated flows sound the same from a machine that runs alone, a server, a server that restores each turn, and a replay', async () => {
    const { calls, turns } = await walkGeneratedFlows({ seed: 1, flows: 10, callsPerFlow: 5 });
    expect(calls).toBe(50);
    expect(turns).toBeGreaterThan(100);
  });

  it('of every example sound the same from all of them', async () => {
    const { calls, turns } = await walkExamples({ seed: 1, flows: 1, callsPerFlow: 5 });
    expect(calls).toBe(35);
    expect(turns).toBeGreaterThan(75);
  });
});

describe('verify', () => {
  it('comes to an end with every generated flow, and finds the same again', () => {
    verifyGeneratedFlows({ seed: 2, flows: 5 });
  });
});
