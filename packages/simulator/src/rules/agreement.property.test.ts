import { checkCallflow } from '@hookswitch/dsl';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BEHAVIOUR } from '../behaviour.ts';
import { changedBody, type Json, KEYS, NOW, placesIn, VALID, VALUES, withChange, withMore } from './callflows.test-support.ts';
import { refuseCallflow } from './refuse-callflow.ts';

type Via = 'vca' | 'api';
const WAYS: readonly Via[] = ['vca', 'api'];

/** The simulator's judgement: 8x8's status code, or null. Every voice is the account's that a voice can be. */
function refusedWith(body: unknown, via: Via): number | null {
  const hasVoice = (voice: string): boolean => voice.trim() !== '';
  const context = { via, behaviour: DEFAULT_BEHAVIOUR, hasVoice, allowsSource: () => true, canAsk: true, now: NOW };
  return refuseCallflow(body, context)?.code ?? null;
}

/** The checker's: status codes of its errors. */
function errorsOf(body: unknown, via: Via): readonly (number | null)[] {
  const errors = checkCallflow(body, { via, now: NOW }).filter(({ severity }) => severity === 'error');
  return [...new Set(errors.map(({ statusCode }) => statusCode))];
}

/** Null where both take the body, or both refuse it for the same: the simulator tells the first reason, the checker all of them. */
function disagreement(body: Json, via: Via): object | null {
  const sent: unknown = JSON.parse(JSON.stringify(body));
  const platform = refusedWith(sent, via);
  const checker = errorsOf(sent, via);
  const agree = platform === null ? checker.length === 0 : checker.includes(platform);
  return agree ? null : { via, platform, checker, body: JSON.stringify(body).slice(0, 400) };
}

/** Every body with one thing changed in one place. */
function* changedOnce(body: Json): Generator<Json> {
  for (const place of placesIn(body)) {
    const without = withChange(body, place, () => undefined);
    if (without !== undefined) yield without;
    for (const value of VALUES) yield withChange(body, place, () => value) ?? null;
    for (const key of KEYS)
      for (const value of VALUES.filter((one) => !Array.isArray(one)))
        yield withChange(body, place, (old) => withMore(old, key, value)) ?? null;
  }
}

describe('checker and platform', () => {
  it.each(VALID.map((body, index) => [index, body] as const))('both take valid body %i one way at least', (_index, body) => {
    expect(WAYS.filter((via) => errorsOf(body, via).length === 0)).not.toEqual([]);
    expect(WAYS.map((via) => disagreement(body, via))).toEqual([null, null]);
  });

  it.each(VALID.map((body, index) => [index, body] as const))('agree whatever is put in whatever place of body %i', (_index, body) => {
    const apart: object[] = [];
    for (const changed of changedOnce(body)) {
      for (const via of WAYS) {
        const found = apart.length < 20 ? disagreement(changed, via) : null;
        if (found !== null) apart.push(found);
      }
    }
    expect(apart).toEqual([]);
  });

  it('agree on bodies that are changed in several places', () => {
    fc.assert(
      fc.property(changedBody, fc.constantFrom(...WAYS), (body, via) => {
        expect(disagreement(body, via)).toBeNull();
      }),
      { numRuns: 5_000 },
    );
  });
});
