import { describe, expect, it } from 'vitest';
import { makeStorePlace } from '../support/store-place.ts';
import { searchEverything } from './search-everything.ts';

const describeTraces = (traces: readonly { secret: string; form: string; where: string }[]): string[] => [
  ...new Set(traces.map(({ secret, form, where }) => `${secret} as ${form} in ${where}`)),
];

describe('what a caller keys in at a sensitive site, and every token', () => {
  it.each([
    { kind: 'sqlite', showNumbers: true },
    { kind: 'postgres', showNumbers: false },
  ] as const)(
    'leaves no trace in $kind, log, metrics, spans, API, console and exports, with showNumbers $showNumbers',
    async ({ kind, showNumbers }) => {
      const place = await makeStorePlace(kind);
      try {
        const { traces, calls, happened } = await searchEverything(place, { showNumbers });
        expect(describeTraces(traces)).toEqual([]);
        expect(calls).toBe(20);
        expect([...happened]).toEqual(
          expect.arrayContaining(['hold', 'fallback', 'step', 'log', 'status', 'flow-error', 'divergence', 'lost-turn']),
        );
      } finally {
        await place.remove();
      }
    },
    240_000,
  );
});
