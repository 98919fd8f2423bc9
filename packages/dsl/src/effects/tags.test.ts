import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { SensitiveValues } from '../flow/sensitive-values.ts';
import { isTags, type SetTags } from '../flow/tags.ts';
import { answer, insideFlow, refusal } from './make-effects.test-support.ts';
import { say } from './say.ts';
import { tags } from './tags.ts';

const labels = tags({ reason: ['billing', 'agent'], amount: 'number', plan: 'text' }, { metrics: ['reason'] });
const declare = tags as (...args: readonly unknown[]) => unknown;
const set = labels.set as (values?: unknown) => SetTags;
const names = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, 'text']));

describe('tags', () => {
  it('are frozen data, apart from how they are set', () => {
    expect(labels).toMatchObject({ kinds: { reason: ['billing', 'agent'], amount: 'number', plan: 'text' }, metrics: ['reason'] });
    expect([labels, labels.kinds, labels.kinds.reason, labels.metrics].every(Object.isFrozen)).toBe(true);
    expect([isTags(labels), isTags({ ...labels.kinds }), isTags(null)]).toEqual([true, false, false]);
  });

  it('keep what was declared, whatever becomes of the lists', () => {
    const reasons = ['billing'];
    const mine = tags({ reason: reasons });
    reasons.push('agent');
    expect(refusal(() => mine.set({ reason: 'agent' })).code).toBe('HS_TAG_VALUE');
  });

  it.each([
    ['nothing', () => declare(), 'the declaration'],
    ['a list', () => declare(['reason']), 'the declaration'],
    ['no tag', () => declare({}), 'the declaration'],
    ['21 tags', () => declare(names(21)), 'the declaration'],
    ['a name with a sign that compares', () => declare({ 'a>b': 'text' }), 'a name'],
    ['a name that begins with a digit', () => declare({ '1st': 'text' }), 'a name'],
    ['a name of 41 letters', () => declare({ ['a'.repeat(41)]: 'text' }), 'a name'],
    ['the prototype', () => declare({ ['__proto__']: 'text' }), 'a name'],
    ['a kind that there is none of', () => declare({ plan: 'nunber' }), 'plan'],
    ['a kind that every object has', () => declare({ plan: 'constructor' }), 'plan'],
    ['an empty list', () => declare({ plan: [] }), 'plan'],
    ['101 choices', () => declare({ plan: Array.from({ length: 101 }, String) }), 'plan'],
    ['a choice that is no text', () => declare({ plan: ['a', 1] }), 'plan[1]'],
    ['a choice twice', () => declare({ plan: ['a', 'a'] }), 'plan[1]'],
    ['a choice of 201 characters', () => declare({ plan: ['a'.repeat(201)] }), 'plan[0]'],
    ['metrics of a text', () => declare({ plan: 'text' }, { metrics: ['plan'] }), 'metrics'],
    ['metrics of what is not declared', () => declare({ plan: ['a'] }, { metrics: ['pln'] }), 'metrics'],
    ['metrics that are no list', () => declare({ plan: ['a'] }, { metrics: 'plan' }), 'metrics'],
  ])('refuse at once %s', (_, make, argument) => {
    expect(refusal(make)).toMatchObject({ code: 'HS_TAG_DECLARATION', argument: `tags.${argument}` });
  });

  it('may be 20, of names that every object has', () => {
    expect(() => declare(names(20))).not.toThrow();
    const odd = tags({ constructor: 'text' });
    expect(odd.set({ constructor: 'a' }).values).toEqual({ constructor: 'a' });
    expect(refusal(() => (labels.set as typeof set)({ constructor: 'a' })).code).toBe('HS_TAG_UNKNOWN');
  });

  it('refuse an option that there is none of, with the near miss', () => {
    expect(refusal(() => declare({ plan: ['a'] }, { metric: ['plan'] }))).toMatchObject({
      code: 'HS_EFFECT_OPTION_UNKNOWN',
      message: expect.stringContaining('Did you mean "metrics"?') as string,
    });
  });
});

describe('set', () => {
  it('is frozen JSON, without what is undefined', () => {
    const effect = labels.set({ reason: 'billing', amount: -0, plan: undefined });
    expect({ ...effect }).toEqual({ kind: 'tags', kinds: labels.kinds, values: { reason: 'billing', amount: 0 } });
    expect([effect, effect.values].every(Object.isFrozen)).toBe(true);
    expect(JSON.parse(JSON.stringify(effect))).toEqual({ ...effect });
  });

  it.each<[string, unknown, string, string]>([
    ['nothing', undefined, 'HS_TAG_VALUE', 'set'],
    ['null', null, 'HS_TAG_VALUE', 'set'],
    ['a list', ['billing'], 'HS_TAG_VALUE', 'set'],
    ['a name that is not declared', { resaon: 'billing' }, 'HS_TAG_UNKNOWN', 'set'],
    ['a text that is not in the list', { reason: 'biling' }, 'HS_TAG_VALUE', 'reason'],
    ['null for a value', { reason: null }, 'HS_TAG_VALUE', 'reason'],
    ['a text for a number', { amount: '1250' }, 'HS_TAG_VALUE', 'amount'],
    ['NaN', { amount: NaN }, 'HS_TAG_VALUE', 'amount'],
    ['Infinity', { amount: Infinity }, 'HS_TAG_VALUE', 'amount'],
    ['a bigint', { amount: 1n }, 'HS_TAG_VALUE', 'amount'],
    ['an empty text', { plan: '' }, 'HS_TAG_VALUE', 'plan'],
    ['a text of 201 characters', { plan: 'x'.repeat(201) }, 'HS_TAG_VALUE', 'plan'],
    ['half of a character', { plan: 'a\ud800' }, 'HS_TAG_VALUE', 'plan'],
    ['an object for a text', { plan: {} }, 'HS_TAG_VALUE', 'plan'],
    ['a promise', { plan: Promise.resolve('a') }, 'HS_TAG_VALUE', 'plan'],
  ])('refuses at once %s', (_, values, code, argument) => {
    expect(refusal(() => set(values))).toMatchObject({ code, argument: `tags.${argument}` });
  });

  it('tells the near miss of names and values', () => {
    expect(refusal(() => set({ resaon: 'billing' })).message).toContain('Did you mean "reason"?');
    expect(refusal(() => set({ reason: 'biling' })).message).toContain('Did you mean "billing"?');
  });

  it('repeats no digits of what it refuses', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{4,12}$/), fc.constantFrom('reason', 'amount', 'other'), (digits, name) => {
        expect(refusal(() => set({ [name]: digits })).message).not.toContain(digits);
      }),
    );
  });

  it('is refused in a flow that was not given the tags, and in one that was given others', () => {
    expect(refusal(() => insideFlow(() => labels.set({ plan: 'a' })))).toMatchObject({ code: 'HS_TAG_FOREIGN', argument: 'tags.set' });
    const others = { voice: 'v', tags: tags({ plan: 'text' }) };
    expect(refusal(() => insideFlow(() => labels.set({ plan: 'a' }), others)).code).toBe('HS_TAG_FOREIGN');
    expect(insideFlow(() => labels.set({ plan: 'a' }), { voice: 'v', tags: labels }).kind).toBe('tags');
  });

  it('answers nothing', () => {
    const { yielded } = answer(function* () {
      expectTypeOf(yield* labels.set({ reason: 'agent' })).toEqualTypeOf<void>();
    });
    expect(yielded).toEqual([labels.set({ reason: 'agent' })]);
  });

  it('types names and values', () => {
    const never = (): void => {
      // @ts-expect-error: no such name
      labels.set({ resaon: 'billing' });
      // @ts-expect-error: no such value
      labels.set({ reason: 'biling' });
      // @ts-expect-error: a text is no number
      labels.set({ amount: '1' });
      // @ts-expect-error: a number is no text
      labels.set({ plan: 1 });
      // @ts-expect-error: there is no such kind
      tags({ plan: 'nunber' });
      // @ts-expect-error: no tag of that name
      tags({ plan: ['a'] }, { metrics: ['pln'] });
    };
    expect([never, say].every((one) => typeof one === 'function')).toBe(true);
  });
});

describe('sensitive values', () => {
  const known = SensitiveValues.none.with('48151623').with({ customer: { name: 'Ann Lee', vip: true, no: 4711 }, pin: '12' });

  it.each<[string | number, boolean]>([
    ['48151623', true],
    [48151623, true],
    ['account 48151623, closed', true],
    ['ANN-LEE', true],
    ['of Ann Lee', true],
    [4711, true],
    ['12', false],
    ['9948151623', false],
    [481, false],
    ['Annual', false],
    ['true', false],
  ])('%j: %s', (value, is) => {
    expect(known.areIn(value)).toBe(is);
    expect(SensitiveValues.none.areIn(value)).toBe(false);
  });
});
