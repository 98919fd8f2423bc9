import type { Entry } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import type { Call } from './call.ts';
import { isHidden, shownData, shownText } from './draft.ts';
import { Secrets } from './hidden/secrets.ts';

/** A call as far as it decides what is hidden. */
function call(at: 'a question' | 'a secret', state: { readonly sensitive?: boolean; readonly sealed?: boolean } = {}): Call {
  const effect = { kind: 'capture', sensitive: at === 'a secret' };
  const secrets = state.sealed === true ? Secrets.none.with('83049275') : Secrets.none;
  return { position: { effect }, state: { sensitive: false, sealed: false, ...state }, secrets } as unknown as Call;
}

const VALUE = { site: 'pin', at: 0, value: '1' } as unknown as Entry;
const QUOTE = { site: 'pin', at: 0, value: 'no account 83049275' } as unknown as Entry;
const SILENCE = { site: 'pin', at: 0, value: null } as unknown as Entry;
const ERROR = { site: 'pin', at: 0, error: { name: 'Error', message: 'no' } } as unknown as Entry;
const END = { site: 'pin', at: 0, ended: true } as unknown as Entry;

describe('an entry of the journal', () => {
  it.each<[string, Call, Entry, boolean]>([
    ['is sealed where a secret was asked for', call('a secret'), VALUE, true],
    ['is not sealed elsewhere', call('a question'), VALUE, false],
    ['is sealed where it quotes a secret', call('a question', { sealed: true }), QUOTE, true],
    ['is not sealed where it quotes none', call('a question', { sealed: true }), VALUE, false],
    ['is sealed where it is an error of the sensitive part', call('a question', { sealed: true, sensitive: true }), ERROR, true],
    ['is not sealed where it is an error of another part', call('a question', { sealed: true }), ERROR, false],
    ['is not sealed where it is an error before any secret', call('a question', { sensitive: true }), ERROR, false],
  ])('%s', (_what, before, entry, expected) => {
    expect(isHidden(before, entry, true)).toBe(expected);
  });

  it.each<[string, Entry, boolean]>([
    ['a value can not be kept', VALUE, true],
    ['silence is kept', SILENCE, false],
    ['an error, which is our own refusal, is kept', ERROR, false],
    ['the end of the session is kept', END, false],
  ])('without a key to seal with: %s', (_what, entry, expected) => {
    expect(isHidden(call('a secret'), entry, false)).toBe(expected);
  });
});

describe('what a flow says of itself', () => {
  it.each<[string, Call, boolean]>([
    ['as it is', call('a question'), false],
    ['as it is, after a secret', call('a question', { sealed: true }), false],
    ['masked at a secret', call('a secret'), true],
    ['masked until all is said', call('a question', { sensitive: true }), true],
  ])('is shown %s', (_how, of, isMasked) => {
    expect(shownText(of, 'no account 12345678').includes('12345678')).toBe(!isMasked);
    expect(JSON.stringify(shownData(of, { dtmf: '12345678' })).includes('12345678')).toBe(!isMasked);
  });

  it('is masked wherever it quotes a secret', () => {
    const of = call('a question', { sealed: true });
    expect(shownText(of, 'no account 83049275')).not.toContain('83049275');
    expect(JSON.stringify(shownData(of, { dtmf: '83049275' }))).not.toContain('83049275');
  });
});
