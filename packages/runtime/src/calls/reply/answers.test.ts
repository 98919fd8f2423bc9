import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '@hookswitch/dsl';
import { fallbackActions, holdActions, listening, saidAgain, textIn } from './actions.ts';
import {
  decodeActionId,
  encodeActionId,
  encodeRetryId,
  problemOf,
  readEcho,
  shortestSilence,
  siteLabel,
  siteLabelOf,
  TRANSFERRED,
} from './answers.ts';

describe('clientActionId', () => {
  it('names the site and the turn', () => {
    expect(encodeActionId('sales/main', 3)).toBe('sales/main.3');
    expect(decodeActionId('sales/main.3')).toEqual({ kind: 'turn', turn: 3 });
  });

  it('names the turn that is asked for again, and how often', () => {
    expect(decodeActionId(encodeRetryId(4, 2))).toEqual({ kind: 'retry', turn: 4, tries: 2 });
  });

  it('tells a site called retry from asking again', () => {
    expect(decodeActionId(encodeActionId('retry', 4))).toEqual({ kind: 'turn', turn: 4 });
  });

  it.each([
    null,
    '',
    'ivr1_level1',
    'post_call',
    'main.',
    '.3',
    'main.03',
    'main.-1',
    'main.1.2',
    'main.1e3',
    'a b.1',
    'main.1\n',
    'main.99999999999',
    'retry.1.x',
  ])('%j is not ours', (id) => {
    expect(decodeActionId(id)).toBeNull();
  });

  it.each([
    ['sales/main', 'sales/main'],
    ['für später', 'f_r_sp_ter'],
    ['x'.repeat(200), 'x'.repeat(100)],
  ])('carries the site %s as %s', (site, label) => {
    expect([siteLabel(site), siteLabelOf(encodeActionId(site, 3))]).toEqual([label, label]);
  });

  it.each([null, 'post_call', encodeRetryId(1, 2)])('%j names no site', (id) => {
    expect(siteLabelOf(id)).toBeNull();
  });

  it('comes back as it was sent, for every site and turn', () => {
    const site = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}(\/[A-Za-z0-9_-]{1,64}){0,3}$/);
    fc.assert(
      fc.property(site, fc.nat(999_999_999), (name, turn) => {
        expect(decodeActionId(encodeActionId(name, turn))).toEqual({ kind: 'turn', turn });
      }),
    );
  });
});

const say = (text: string): Action => ({ action: 'say', params: { text, voiceProfile: 'en-US-ZiraRUS' } });
const dial: Action = { action: 'makeCall', params: { source: '+6560000000', destination: '+6590000001' } };

describe('an answer', () => {
  const hold = listening('One moment.', 'en-US-ZiraRUS', 2_000);
  it.each<[string, readonly Action[], RegExp | null]>([
    ['is fine', [say('A.')], null],
    ['is fine with what is only unusual', [hold, say('A.')], null],
    ['needs an action', [], /^HS_CALLFLOW_EMPTY at /],
    ['needs words', [say('')], /^HS_CALLFLOW_/],
  ])('%s', (_what, actions, expected) => {
    if (expected === null) expect(problemOf(actions)).toBeNull();
    else expect(problemOf(actions)).toMatch(expected);
  });
});

describe('what comes back', () => {
  it.each([
    [null, null],
    [TRANSFERRED, { kind: 'transferred' }],
    ['main.3', { kind: 'turn', turn: 3 }],
    ['mine', { kind: 'given', id: 'mine' }],
    ['retry:mine.2', { kind: 'given-retry', id: 'mine', tries: 2 }],
  ])('%j is read', (id, expected) => {
    expect(readEcho(id)).toEqual(expected);
  });
});

describe('the shortest silence of an answer', () => {
  const asks = (digitTimeout: number | undefined, overallTimeout: number | undefined): Action => {
    const { params } = listening('Well?', 'en-US-ZiraRUS', 1_000) as Extract<Action, { action: 'sayAndCapture' }>;
    return { action: 'sayAndCapture', params: { ...params, digitTimeout, overallTimeout } as typeof params };
  };
  it.each<[string, readonly Action[], number | null]>([
    ['of a capture that is alone tells nothing', [asks(4_000, 9_000)], null],
    ['of speech tells nothing', [say('One.'), say('Two.')], null],
    ['is that between two keys', [say('One.'), asks(4_000, 9_000)], 4_000],
    ['is that of the whole capture', [say('One.'), asks(9_000, 4_000)], 4_000],
    ['is five seconds between keys by default', [say('One.'), asks(undefined, 9_000)], 5_000],
    ['is thirty seconds in all by default', [say('One.'), asks(40_000, undefined)], 30_000],
  ])('%s', (_what, actions, expected) => {
    expect(shortestSilence(actions)).toBe(expected);
  });
});

describe('what is said beside the words of a flow', () => {
  it.each([
    ['Sorry.', null, 'Sorry.'],
    [{ en: 'Sorry.', zh: '对不起' }, 'zh', '对不起'],
    [{ en: 'Sorry.', zh: '对不起' }, 'de', 'Sorry.'],
    [{ zh: '对不起', de: 'Pardon.' }, null, '对不起'],
    [{ en: 'Sorry.' }, 'constructor', 'Sorry.'],
    [{}, null, ''],
  ])('is in the language of the call, English or the first: %j, %j', (text, language, expected) => {
    expect(textIn(text as string, language)).toBe(expected);
  });

  it('is a hold: the last words that are unsaid, else its own', () => {
    const own = (actions: readonly Action[]) => holdActions(actions, 'One moment.', 'de-DE-Hedda', 2_000);
    expect(own([say('A.'), say('B.')])).toEqual([say('A.'), listening('B.', 'en-US-ZiraRUS', 2_000)]);
    expect(own([say('A.'), dial])).toEqual([say('A.'), dial, listening('One moment.', 'de-DE-Hedda', 2_000)]);
    expect(own([])).toEqual([listening('One moment.', 'de-DE-Hedda', 2_000)]);
  });

  it('is no second call where a first callflow is said again', () => {
    const hold = listening('One moment.', 'en-US-ZiraRUS', 2_000);
    expect(saidAgain([say('A.'), dial, say('B.')], hold)).toEqual([say('A.'), say('B.')]);
    expect(saidAgain([dial], hold)).toEqual([hold]);
  });

  it.each<[string, object, string | null, readonly string[]]>([
    ['a transfer', { text: 'Sorry.', transferTo: '+6531589338' }, '+6560000000', ['say', 'makeCall']],
    ['no transfer from nobody', { text: 'Sorry.', transferTo: '+6531589338' }, null, ['say', 'hangup']],
    ['a transfer without words that break a rule', { text: '', transferTo: '+6531589338' }, '+6560000000', ['makeCall']],
    ['a hang-up where both do', { text: '', transferTo: 'nobody' }, '+6560000000', ['hangup']],
  ])('is a fallback: %s', (_what, fallback, source, expected) => {
    expect(fallbackActions(fallback as never, 'en-US-ZiraRUS', null, source).map(({ action }) => action)).toEqual(expected);
  });
});
