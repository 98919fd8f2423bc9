import { describe, expect, it } from 'vitest';
import { callingHours } from '../calendar/calling-hours.ts';
import { countryZone } from '../calendar/country-zone.ts';
import { openingHours } from '../calendar/opening-hours.ts';
import { bridge } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { decline } from '../effects/decline.ts';
import { log } from '../effects/log.ts';
import { answer } from '../effects/make-effects.test-support.ts';
import { playFile } from '../effects/play-file.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { tags } from '../effects/tags.ts';
import { useLanguage } from '../effects/use-language.ts';
import { useVoice } from '../effects/use-voice.ts';
import { isHookswitchError } from '../errors/index.ts';
import { checkParams } from '../flow/call-params.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { subflow } from '../flow/subflow.ts';
import { throughJson } from '../generator/json.ts';
import { ask } from '../questions/ask/ask.ts';
import { Entry } from '../questions/ask/entry.ts';
import { confirm } from '../questions/menu/confirm.ts';
import { isHuman } from '../questions/menu/is-human.ts';
import { menu } from '../questions/menu/menu.ts';
import { play } from '../questions/play.test-support.ts';
import { custom } from '../questions/validators/custom.ts';
import { digits } from '../questions/validators/digits.ts';
import { invalid } from '../questions/validators/invalid.ts';

/** Anything may be handed in by JavaScript. */
type Given = never;
const NOW = new Date(0);
const calling = callingHours({ days: { mon: '09:00-17:00' } });
const hours = openingHours({ timeZone: 'UTC', days: { mon: ['09:00-17:00'] } });
const flow = (more: object, body: unknown = function* () {}) => defineFlow({ name: 'x', voice: 'v', ...more }, body as Given);

/** What comes later, made anew for each place, and how it is called. */
const LATER: readonly [string, () => unknown][] = [
  ['a promise', () => Promise.resolve('1')],
  ['a promise', () => Promise.reject(new Error('nobody waits for it'))],
  ['a promise', () => ({ then: () => undefined })],
  ['a generator', () => (function* () {})()],
  ['an async generator', () => (async function* () {})()],
];
/** Functions that give such a thing. */
const FUNCTIONS: readonly [string, () => unknown][] = [
  ['an async function', () => async () => '1'],
  ['a generator function', () => function* () {}],
  ['an async generator function', () => async function* () {}],
];

/** Where authors hand in a value. */
const VALUES: readonly [string, (value: Given) => unknown][] = [
  ['say', (value) => say(value)],
  ['say in a language', (value) => say({ en: value })],
  ['playFile', (value) => playFile(value)],
  ['useVoice', (value) => useVoice(value)],
  ['useLanguage', (value) => useLanguage(value)],
  ['bridge', (value) => bridge(value)],
  ['decline', (value) => decline(value)],
  ['log', (value) => log(value)],
  ['a tag', (value) => tags({ plan: 'text' }).set({ plan: value })],
  ['the kind of a tag', (value) => tags({ plan: value })],
  ['a field of log', (value) => log('a', { field: value })],
  ['the prompt of a capture', (value) => capture(value)],
  ['a part of a prompt', (value) => capture([value, '?'])],
  ['an example of a capture', (value) => capture('?', { examples: [value] })],
  ['the prompt of a menu', (value) => menu(value, { 1: 'a' })],
  ['an option of a menu', (value) => menu('?', { 1: value })],
  ['otherwise of a menu', (value) => menu('?', { 1: 'a' }, { otherwise: value })],
  ['attempts', (value) => menu('?', { 1: 'a' }, { attempts: value })],
  ['attempts in all', (value) => menu('?', { 1: 'a' }, { attempts: { total: value } })],
  ['an escalation', (value) => menu('?', { 1: 'a' }, { noInput: value })],
  ['a universal key', (value) => menu('?', { 1: 'a' }, { keys: { repeat: value } })],
  ['the prompt of a question', (value) => ask(value)],
  ['a validator', (value) => ask('?', { validate: value })],
  ['confirm', (value) => ask('?', { confirm: { prompt: value } })],
  ['otherwise of a question', (value) => ask('?', { otherwise: value })],
  ['the key of isHuman', (value) => isHuman({ prompt: '?', key: value })],
  ['the prompt of isHuman', (value) => isHuman({ prompt: value })],
  ['otherwise of a confirmation', (value) => confirm('?', { otherwise: value })],
  ['reasons', (value) => digits(1, 2, { reasons: { tooShort: value } })],
  ['a reason', (value) => invalid(value)],
  ['an example of a step', (value) => step('a', () => 1, { examples: { a: value } })],
  ['the time', (value) => hours.isOpen(value)],
  ['the time of a call', (value) => calling.window(value, 'UTC')],
  ['the zone of a callee', (value) => calling.window(NOW, value)],
  ['a country', (value) => countryZone(value, NOW)],
  ['a voice', (value) => flow({ voice: value })],
  ['a phrase', (value) => flow({ phrases: { tooShort: value } })],
  ['goodbye', (value) => flow({ goodbye: value })],
  ['an example of params', (value) => flow({ examples: { params: [value] } })],
  ['the body of a flow', (value) => flow({}, value)],
  ['the body of a sub-flow', (value) => subflow('a', value)],
  ['the function of a step', (value) => step('a', value)],
];
/** Where authors hand in a function that gives its result at once. */
const PLAIN: readonly [string, (given: Given) => unknown][] = [
  ['custom', (given) => custom(given)],
  ['check of a validator', (given) => ask('?', { validate: { ...digits(1), check: given } })],
  ['examples of a validator', (given) => ask('?', { validate: { ...digits(1), examples: given } })],
  ['the words of a read-back', (given) => ask('?', { confirm: { prompt: given } })],
  ['onError', (given) => step('a', () => 1, { onError: given })],
];
/** Where authors hand in a generator function. */
const BODIES: readonly [string, (given: Given) => unknown][] = [
  ['the body of a flow', (given) => flow({}, given)],
  ['the operator', (given) => flow({ keys: { operator: '0' }, operator: given })],
  ['goodbye', (given) => flow({ goodbye: given })],
  ['onDivergence', (given) => flow({ onDivergence: given })],
  ['the body of a sub-flow', (given) => subflow('a', given)],
  ['a branch', (given) => menu('?', { 1: given })],
  ['otherwise of a menu', (given) => menu('?', { 1: 'a' }, { otherwise: given })],
  ['otherwise of a question', (given) => ask('?', { otherwise: given })],
];
/** Functions of the author's that give `value`, called as a running flow calls them. */
const RESULTS: readonly [string, (value: Given) => unknown][] = [
  ['custom', (value) => custom(() => value).check('1', NOW)],
  ['custom, at its example', (value) => custom(() => value, { examples: { pass: ['1'] } })],
  [
    'custom, in a question',
    (value) =>
      new Entry(
        custom(() => value),
        new Map(),
      ).read('1', NOW),
  ],
  ['check of a validator', (value) => new Entry({ ...digits(1), check: () => value }, new Map()).read('1', NOW)],
  ['the words of a read-back', (value) => answer(() => ask('?', { confirm: { prompt: () => value } }).body(), '1')],
  ['onError', (value) => throughJson(value, 'find')],
  ['a step', (value) => throughJson(value, 'find')],
  ['a part of what a step gives', (value) => throughJson({ list: [value] }, 'find')],
];

const cases = (places: readonly [string, (value: Given) => unknown][], given: readonly [string, () => unknown][]) =>
  places.flatMap(([place, hand]) => given.map(([what, make]) => ({ place, what, hand: () => hand(make() as Given) })));

describe('what comes later, where a flow needs it at once,', () => {
  it.each([...cases(VALUES, LATER), ...cases(RESULTS, LATER)])('is an error that names it: $place, given $what', ({ hand, what }) => {
    const thrown = thrownBy(hand);
    expect(thrown).toSatisfy(isHookswitchError);
    expect((thrown as Error).message).toContain(what);
  });

  it.each([
    ...cases(PLAIN, FUNCTIONS),
    ...cases(
      BODIES,
      FUNCTIONS.filter(([what]) => what !== 'a generator function'),
    ),
  ])('is an error already where a function gives it: $place, given $what', ({ hand, what }) => {
    const thrown = thrownBy(hand);
    expect(thrown).toSatisfy(isHookswitchError);
    expect((thrown as Error).message).toContain(what);
  });

  it.each(FUNCTIONS.slice(1))('is an error as the function of a step: %s', (what, make) => {
    expect(() => step('a', make() as Given)).toThrow(`step: run must be a function, async or not; got ${what}.`);
  });

  it.each(LATER)('is an error where a branch gives it in place of a generator: %s', (what, make) => {
    if (what === 'a generator') return;
    const { error } = play(() => menu('?', { 1: (() => make()) as Given })[Symbol.iterator](), ['1']);
    expect((error as Error).message).toContain('must give a generator when it is called');
  });
});

describe('the schema of params', () => {
  const schema = (validate: unknown) => ({ '~standard': { version: 1, vendor: 'test', validate } }) as Given;

  it.each(FUNCTIONS.slice(1))('is refused with %s for its validate', (what, make) => {
    expect(() => flow({ params: schema(make()) })).toThrow(what);
  });

  it('may give its result as a promise, which is waited for', async () => {
    const result = await checkParams(
      schema(async (value: unknown) => ({ value })),
      { a: 1 },
    );
    expect(result).toEqual({ params: { a: 1 } });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'x'],
    ['a generator', (function* () {})()],
  ])('never passes with %s for a result', async (what, given) => {
    expect(
      await checkParams(
        schema(() => given),
        {},
      ),
    ).toMatchObject({ issues: [{ path: [], message: expect.stringContaining(`gave ${what}`) as string }] });
  });
});

describe('a validator', () => {
  it('never takes nothing for a value, which is a forgotten return', () => {
    expect(() => custom((() => undefined) as Given).check('1', NOW)).toThrow('must give a value, or invalid(…); got nothing.');
  });

  it('is called once where it is written, to be found there; what it throws at that entry says nothing', () => {
    expect(() => custom((() => Promise.resolve(1)) as Given)).toThrow('custom: check must give its result at once; got a promise.');
    expect(custom((entry: string) => JSON.parse(`${entry}]`) as string).name).toBe('custom');
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return null;
}
