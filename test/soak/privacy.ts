import { searchEverything } from '../privacy/search-everything.ts';
import type { Scenario } from './scenario.ts';

/** Calls of one round. */
const CALLS_PER_ROUND = 17;

export const privacy: Scenario = {
  what: 'callers key in card numbers and PINs in calls that go wrong in every way; nothing that the server writes may show them, in any form.',
  stores: ['sqlite', 'postgres'],
  async run({ calls, place, tell }) {
    const rounds = Math.max(1, Math.floor(calls / CALLS_PER_ROUND / 10));
    const { traces, calls: played, searched, happened } = await searchEverything(place, { showNumbers: true, rounds });
    tell(`there were: ${[...happened].sort().join(', ')}`);
    const wrong = [...new Set(traces.map(({ secret, form, where }) => `${secret} as ${form} in ${where}`))];
    return { wrong, figures: { calls: played, megabytesSearched: searched / 1e6 } };
  },
};
