import { describe, expect, it } from 'vitest';
import { defineFlow, isFlow } from './define-flow.ts';
import type { FlowDefinition } from './flow-options.ts';

const loose = defineFlow as unknown as (definition: unknown, body?: unknown) => ReturnType<typeof defineFlow>;
function* body() {}
const VOICE = { name: 'support', voice: 'en-US-BenjaminRUS' };
const TWO = { name: 'support', voices: { en: 'en-US-BenjaminRUS', zh: 'zh-CN-HuihuiRUS' } };
const refusing = (definition: unknown, message: RegExp, given: unknown = body) =>
  expect(() => loose(definition, given)).toThrow(
    expect.objectContaining({ code: expect.stringMatching(/^HS_/) as string, message: expect.stringMatching(message) as string }) as Error,
  );

describe('a flow', () => {
  it('is complete with defaults, and frozen', () => {
    const flow = defineFlow(VOICE, body);
    expect(isFlow(flow)).toBe(true);
    expect(flow.options).toMatchObject({
      name: 'support',
      version: '1',
      voices: { '': 'en-US-BenjaminRUS' },
      language: null,
      keys: {},
      operator: null,
      goodbye: null,
      phrases: {},
      limits: { effectsPerBatch: 500, turns: 1000, journalEntries: 5000 },
    });
    expect([flow, flow.options, flow.options.voices, flow.options.limits].every(Object.isFrozen)).toBe(true);
  });

  it('begins in the first of its languages, or in the one that it names', () => {
    expect(defineFlow(TWO, body).options.language).toBe('en');
    expect(defineFlow({ ...TWO, language: 'zh' }, body).options.language).toBe('zh');
  });

  it('may name the language of its one voice', () => {
    expect(defineFlow({ ...VOICE, language: 'en', goodbye: { en: 'Bye.' } }, body).options.language).toBe('en');
  });

  it('keeps the limits that it gives beside the defaults', () => {
    expect(defineFlow({ ...VOICE, limits: { turns: 7 } }, body).options.limits).toMatchObject({ turns: 7, effectsPerBatch: 500 });
  });

  it('takes all that it knows', () => {
    const definition: FlowDefinition = {
      ...TWO,
      version: '2026.3.1-beta',
      language: 'zh',
      keys: { repeat: '*', operator: '0', back: '#' },
      operator: function* () {},
      goodbye: [{ en: 'Bye.', zh: '再见。' }, { audio: 'https://acme.test/bye.wav' }],
      onDivergence: function* () {},
      phrases: { tooShort: { en: 'Too short.', zh: '太短。' } },
      examples: { from: ['+6590000001', null], to: ['+6560000000'], at: ['2026-03-05T09:30:00Z'], params: [{}], direction: ['outbound'] },
      limits: { turns: 10 },
    };
    expect(isFlow(defineFlow(definition, body))).toBe(true);
  });
});

describe('the body of a flow', () => {
  it.each<[string, unknown, RegExp]>([
    ['an arrow function', () => undefined, /got an arrow function .* function\* \(\)/],
    ['an async function', async () => undefined, /got an async function\. Write function\* in place of async/],
    ['an async generator function', async function* () {}, /without async/],
    ['a function without *', function plain() {}, /The \* is missing/],
    ['a generator', body(), /without calling it/],
    ['a class', class {}, /got a class/],
    ['a promise', Promise.resolve(), /got a promise/],
    ['a text', 'body', /a value of type string/],
    ['null', null, /got null/],
  ])('is a generator function; not %s', (_what, given, message) => {
    refusing(VOICE, message, given);
  });
});

describe('a flow without a body', () => {
  it('is told so', () => {
    expect(() => loose(VOICE)).toThrow(/the body must be a generator function; got nothing/);
  });
});

describe('a flow that can never work', () => {
  it.each<[string, unknown, RegExp]>([
    ['no options', undefined, /the options come first and must be an object; got nothing/],
    ['the body first', body, /the options come first/],
    ['no name', { voice: 'x' }, /name must be/],
    ['a name with blanks', { ...VOICE, name: 'my flow' }, /name must be/],
    ['a version with blanks', { ...VOICE, version: 'the second' }, /version must be .*Write it like '2' or '1\.4\.0'/],
    ['a version that is a number', { ...VOICE, version: 2 }, /version must be .*got a number/],
    ['an unknown option', { ...VOICE, goodby: 'Bye.' }, /got "goodby"\. Did you mean "goodbye"\?/],
    ['no voice', { name: 'support' }, /a voice must be given/],
    ['an empty voice', { ...VOICE, voice: ' ' }, /name of a voice profile/],
    ['voice and voices', { ...TWO, voice: 'x' }, /exclude each other/],
    ['no voices', { name: 'support', voices: {} }, /at least one language/],
    ['voices as a list', { name: 'support', voices: ['x'] }, /got a list/],
    ['a language without voice', { name: 'support', voices: { en: '' } }, /voices\.en must be/],
    ['a language that means audio', { name: 'support', voices: { audio: 'x' } }, /keyed by language/],
    ['a language that it does not speak', { ...TWO, language: 'zk' }, /Did you mean "zh"\? There are: en, zh/],
    ['an empty language', { ...VOICE, language: '' }, /language must be/],
    ['params that are no schema', { ...VOICE, params: {} }, /Standard Schema/],
    ['a goodbye in half of the languages', { ...TWO, goodbye: { en: 'Bye.' } }, /goodbye must have every language .* Add zh\./],
    ['a part of a goodbye in half of them', { ...TWO, goodbye: ['…', { audio: { zh: 'https://a.test/a.wav' } }] }, /Add en\./],
    ['a goodbye per language in a flow of one', { ...VOICE, goodbye: { en: 'Bye.' } }, /speaks one language/],
    ['an empty goodbye', { ...VOICE, goodbye: '' }, /goodbye/],
    ['an arrow as goodbye', { ...VOICE, goodbye: () => 'Bye.' }, /goodbye must be a generator function/],
    ['an unknown phrase', { ...VOICE, phrases: { toShort: 'Short.' } }, /Did you mean "tooShort"/],
    ['an audio phrase', { ...VOICE, phrases: { tooShort: { audio: 'https://a.test/a.wav' } } }, /must be a text/],
    ['an arrow for divergence', { ...VOICE, onDivergence: () => undefined }, /onDivergence must be a generator function/],
  ])('is refused: %s', (_what, definition, message) => {
    refusing(definition, message);
  });

  it.each<[string, object, RegExp]>([
    ['an unknown key', { repeet: '*' }, /Did you mean "repeat"/],
    ['a key that is none', { repeat: 'star' }, /keys\.repeat must be what a caller can key in/],
    ['a number', { repeat: 1 }, /as a text such as '9'/],
    ['one key for two things', { repeat: '*', back: '*' }, /keys\.back must be a key of its own; got that of repeat/],
    ['a key for an operator that there is not', { operator: '0' }, /keys\.operator must lead somewhere/],
    ['a list', ['*'], /keys must be an object/],
  ])('is refused for its keys: %s', (_what, keys, message) => {
    refusing({ ...VOICE, keys }, message);
  });

  it('is refused for an operator that has no key', () => {
    refusing({ ...VOICE, operator: body }, /operator must have a key/);
    refusing({ ...VOICE, operator: async () => undefined, keys: { operator: '0' } }, /operator must be a generator function; got an async/);
  });

  it.each<[unknown, RegExp]>([
    [{ turns: 0 }, /limits\.turns must be a positive integer; got 0/],
    [{ turns: 1.5 }, /got 1\.5/],
    [{ effectsPerBatch: '9' }, /got a text/],
    [{ turn: 9 }, /Did you mean "turns"/],
    [9, /limits must be an object/],
  ])('is refused for its limits: %j', (limits, message) => {
    refusing({ ...VOICE, limits }, message);
  });

  it.each<[unknown, RegExp]>([
    [{ form: [] }, /Did you mean "from"/],
    [{ from: '+6590000001' }, /must be a list/],
    [{ from: [6590000001] }, /E\.164/],
    [{ to: [null] }, /examples\.to/],
    [{ at: ['tomorrow'] }, /2026-03-05T09:30:00Z/],
    [{ params: [{ when: new Date(0) }] }, /an object that is JSON/],
    [{ direction: ['in'] }, /'inbound' or 'outbound'/],
  ])('is refused for its examples: %j', (examples, message) => {
    refusing({ ...VOICE, examples }, message);
  });

  it('is refused without telling numbers of callers', () => {
    expect(() => loose({ ...VOICE, examples: { from: ['+6590000001', 5] } }, body)).not.toThrow(/6590000001/);
  });
});
