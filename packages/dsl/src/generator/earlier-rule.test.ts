import { describe, expect, it } from 'vitest';
import { capture } from '../effects/capture.ts';
import { step } from '../effects/step.ts';
import type { Call } from '../flow/call.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { Entry } from './journal.ts';
import { replay } from './replay.ts';

const act = (name: string) => step(name, () => 'done', { examples: { done: 'done' } });

/** A release before let a `catch` see the end, and did what it does then. */
const flow = defineFlow({ name: 'earlier', voice: 'en-US-ZiraRUS' }, function* () {
  try {
    try {
      yield* capture('Well?', { id: 'well' });
    } finally {
      yield* act('inner');
    }
  } catch {
    yield* act('caught');
  } finally {
    yield* act('outer');
  }
});

const CALL: Call = {
  ...{ id: 'call', sessionId: 's', subAccountId: 'a', from: null, to: '+6560000000', fromCountry: null, toCountry: null, language: null },
  direction: 'inbound',
  startedAt: 0,
  params: {},
};
const END: Entry = { site: 'well', at: 1, ended: true };
const done = (site: string): Entry => ({ site, at: 2, value: 'done' });

describe('a journal whose clean-up ran by an earlier rule', () => {
  it.each<[string, readonly Entry[], string]>([
    ['goes on behind it', [END, done('inner'), done('caught')], 'outer'],
    ['is closed once all is done', [END, done('inner'), done('caught'), done('outer')], 'closed'],
    ['may hold more behind the end of the flow', [END, done('inner'), done('caught'), done('outer'), done('more')], 'closed'],
  ])('%s', (_what, entries, site) => {
    expect(replay(flow, CALL, entries).decision).toMatchObject({ site, ending: true, error: null });
  });

  it('diverges where a step that it holds would be done once more', () => {
    expect(() => replay(flow, CALL, [END, done('outer'), done('inner')])).toThrow('outer');
  });

  it('says nothing of a call that goes on', () => {
    expect(() => replay(flow, CALL, [{ site: 'other', at: 1, value: '1' }])).toThrow('other');
  });
});
