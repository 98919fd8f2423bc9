import { describe, expect, it } from 'vitest';
import type { CallflowResponse } from '@hookswitch/dsl';
import { DEFAULT_SETTINGS } from '../../assembly/options.ts';
import type { Vca } from '../input.ts';
import { askAgain, looseFallback, triesOf, wordsBroken } from './loose.ts';

const VCA = { status: 'completed', echo: null, direction: 'inbound', from: '+6590000001', to: '+6560000000' } as unknown as Vca;
const SETTINGS = { ...DEFAULT_SETTINGS, maxRetries: 3 };

function parsed(body: string | undefined): CallflowResponse {
  return JSON.parse(body ?? 'null') as CallflowResponse;
}

describe('asking again without a call', () => {
  it.each<[Partial<Vca>, string]>([
    [{ status: 'received' }, 'retry.0.1'],
    [{ status: 'received', echo: { kind: 'turn', turn: 4 } }, 'retry.0.1'],
    [{ echo: { kind: 'turn', turn: 4 } }, 'retry.5.1'],
    [{ echo: { kind: 'retry', turn: 4, tries: 2 } }, 'retry.4.3'],
    [{ echo: null }, 'retry.1.1'],
    [{ echo: { kind: 'given', id: 'mine' } }, 'retry:mine.1'],
    [{ echo: { kind: 'given-retry', id: 'mine', tries: 1 } }, 'retry:mine.2'],
  ])('says which turn is missing: %j', (change, expected) => {
    expect(parsed(askAgain(SETTINGS, { ...VCA, ...change })?.body).clientActionId).toBe(expected);
  });

  it.each<[Vca['echo'], number]>([
    [null, 0],
    [{ kind: 'turn', turn: 2 }, 0],
    [{ kind: 'retry', turn: 2, tries: 3 }, 3],
    [{ kind: 'given-retry', id: 'mine', tries: 2 }, 2],
  ])('counts: %j', (echo, expected) => {
    expect(triesOf(echo)).toBe(expected);
  });

  it('ends after so many times', () => {
    expect(askAgain(SETTINGS, { ...VCA, echo: { kind: 'retry', turn: 4, tries: 3 } })).toBeNull();
  });
});

describe('the fallback without a call', () => {
  const settings = { ...DEFAULT_SETTINGS, fallback: { text: 'Sorry.', transferTo: '+6531589338' } };

  it.each<[string, Vca | null, string | null]>([
    ['the number that was called', VCA, '+6560000000'],
    ['the number that has called', { ...VCA, direction: 'outbound' }, '+6590000001'],
    ['nobody, where nobody knows who calls', null, null],
  ])('transfers from %s', (_whom, vca, source) => {
    const { clientActionId = null, callflow } = parsed(looseFallback(settings, vca).body);
    const dials = callflow.find((one) => one.action === 'makeCall');
    expect(dials?.params ?? null).toEqual(source === null ? null : { source, destination: '+6531589338' });
    expect(clientActionId).toBe(source === null ? null : 'transferred');
  });
});

describe('the words of the settings', () => {
  it.each<[string, object, unknown, boolean]>([
    ['can be spoken', { text: 'Sorry.' }, 'Wait.', false],
    ['can be spoken in each language', { text: { en: 'Sorry.', zh: '对不起' } }, { de: 'Warten.' }, false],
    ['can not, where one language has none', { text: { en: 'Sorry.', zh: '' } }, 'Wait.', true],
    ['can not, where a pause has none in one', { text: 'Sorry.' }, { en: 'Wait.', de: '' }, true],
    ['can not, where an audio file is no address', { text: 'Sorry.', audio: 'sorry' }, 'Wait.', true],
    ['can be an audio file', { text: 'Sorry.', audio: 'https://example.com/sorry.mp3' }, 'Wait.', false],
    ['can not, where a transfer goes nowhere', { text: 'Sorry.', transferTo: 'nobody' }, 'Wait.', true],
    ['can be a transfer', { text: 'Sorry.', transferTo: '+6531589338' }, 'Wait.', false],
  ])('%s', (_what, fallback, hold, isBroken) => {
    expect(wordsBroken(fallback as never, hold as string, 'en-US-ZiraRUS') !== null).toBe(isBroken);
  });
});
