import { describe, expect, it } from 'vitest';
import type { GateSource, ListedCall } from './gate-source.ts';
import { type GateOptions, runGate } from './run-gate.ts';

const call = (id: string, isOpen: boolean): ListedCall => ({ id, isOpen, flow: 'desk', flowVersion: '1', arrow: 'key answer ended' });

/** A source that never waits, as a folder does not: `pages` pages of 100 calls. */
const source = (pages: number, isOpen: boolean): GateSource => ({
  name: 'calls',
  async *pages() {
    for (let page = 0; page < pages; page++) {
      yield { calls: Array.from({ length: 100 }, (_, index) => call(`${page}/${index}`, isOpen)), broken: [] };
    }
  },
  journal: () => Promise.resolve(null),
  oldChart: () => Promise.resolve({ why: 'none' }),
});

describe('a signal', () => {
  it.each<[string, GateSource, Partial<GateOptions>]>([
    ['calls in progress are replayed', source(50, true), {}],
    ['past calls are listed', source(50, false), {}],
    ['the sample is replayed', source(1, false), { sample: 100 }],
  ])('stops the gate while %s, also where nothing is waited for', async (_, from, more) => {
    const controller = new AbortController();
    const told: number[] = [];
    const onProgress: GateOptions['onProgress'] = ({ listed }) => {
      told.push(listed);
      setImmediate(() => controller.abort());
    };
    const gated = await runGate({ source: from, flows: [], sample: 10, signal: controller.signal, onProgress, ...more });
    expect(gated.interrupted).toBe(true);
    expect(told.length).toBeLessThan(10);
  });
});
