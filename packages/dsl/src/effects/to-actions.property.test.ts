import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '../callflow/actions.ts';
import { checkCallflow } from '../callflow/check-callflow.ts';
import { EffectArgumentError } from '../errors/index.ts';
import { bridge } from './bridge.ts';
import { capture, type CaptureOptions } from './capture.ts';
import { hangup } from './hangup.ts';
import { CALL, optionsOf } from './make-effects.test-support.ts';
import { playFile } from './play-file.ts';
import { say, type SayOptions } from './say.ts';
import { toActions, type WireContext, type WireEffect } from './to-actions.ts';

const context: WireContext = { call: CALL, options: optionsOf(), language: 'en', voice: null };

// Mostly what a rule allows, sometimes what lies across its border: so that whole effects are often accepted, and each rule is often broken.
const often = <T>(fine: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 15, arbitrary: fine }, { weight: 1, arbitrary: odd });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value);

const fineText = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.constantFrom('a\n\tb', 'a'.repeat(3000), 'a\t'.repeat(1500)),
);
const string = often(fineText, fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '\u0000', 'a'.repeat(3001))));
const text = fc.oneof({ weight: 3, arbitrary: string }, fc.record({ en: string, zh: string }, { requiredKeys: ['en'] }));
const host = often(fc.constantFrom('https://acme.test', 'http://localhost:8080'), fc.constantFrom('https://', 'ftp://acme.test', ''));
const path = often(fc.constantFrom('/a.wav', '/a.MP3?x', '/a', '/v1.2/a'), fc.oneof(fc.constantFrom('/a.ogg', '/a b.wav'), fc.webPath()));
const url = fc.tuple(host, path).map((parts) => parts.join(''));
const audioUrl = fc.oneof({ weight: 3, arbitrary: url }, fc.record({ en: url }));
const voice = often(fc.constant('en-US-ZiraRUS'), fc.constantFrom('', ' ', 'a\nb'));
const fineNumber = fc.stringMatching(/^\+?[1-9]\d{6,14}$/);
const phone = often(fineNumber, fc.oneof(fc.stringMatching(/^\+?\d{1,20}$/), fc.constantFrom('65 3158', '', '+6531589338,+6531589339')));
const odd = fc.oneof(fc.integer({ min: -1, max: 30 }), fc.double(), fc.constantFrom(NaN, Infinity, 2 ** 53));
const integer = (min: number, max: number): fc.Arbitrary<number | null> => maybe(often(fc.integer({ min, max }), odd));

const speech = { voice: maybe(voice), speed: maybe(often(fc.double({ min: 0.5, max: 2, noNaN: true }), odd)), repetition: integer(1, 3) };
const captureOptions = fc.record(
  {
    ...speech,
    minDigits: integer(1, 10),
    maxDigits: integer(8, 25),
    completeOnHash: maybe(fc.boolean()),
    digitTimeout: integer(1, 10_000),
    overallTimeout: integer(8_000, 60_000),
    noOfTries: integer(1, 5),
    successMessage: maybe(text),
    failureMessage: maybe(text),
  },
  { requiredKeys: ['maxDigits', 'overallTimeout'] },
) as fc.Arbitrary<CaptureOptions>;
const part = fc.oneof(text, fc.record({ audio: audioUrl }));
const prompt = fc.oneof(
  text,
  part,
  fc.tuple(fc.array(part, { maxLength: 3 }), text).map(([before, last]) => [...before, last]),
  fc.array(part),
);

const speaking = fc.oneof(
  fc.tuple(text, fc.record(speech, { requiredKeys: [] }) as fc.Arbitrary<SayOptions>).map(
    ([words, options]) =>
      () =>
        say(words, options),
  ),
  fc.tuple(audioUrl, integer(1, 3)).map(
    ([file, repetition]) =>
      () =>
        playFile(file, { repetition }),
  ),
);
const ending = fc.oneof(
  fc.tuple(prompt, captureOptions).map(
    ([words, options]) =>
      () =>
        capture(words, options),
  ),
  fc.tuple(phone, maybe(phone), maybe(fc.boolean())).map(
    ([to, from, callRecording]) =>
      () =>
        bridge(to, { from, callRecording }),
  ),
  fc.constant(hangup),
);

/** The effect's actions; none where its maker refuses it. Any other error than a refusal fails the test. */
function composed(make: () => WireEffect): readonly Action[] {
  try {
    return toActions(make(), context);
  } catch (error) {
    if (error instanceof EffectArgumentError) return [];
    throw error;
  }
}

const errors = (callflow: readonly Action[]): unknown[] =>
  checkCallflow({ callflow }, { via: 'vca' }).filter(({ severity }) => severity === 'error');

describe('what makers accept', () => {
  it('is accepted by checkCallflow, each effect by itself', () => {
    const accepted = new Map<string, number>();
    fc.assert(
      fc.property(fc.oneof(speaking, ending), (make) => {
        const actions = composed(make);
        const kind = actions.at(-1)?.action ?? 'refused';
        accepted.set(kind, (accepted.get(kind) ?? 0) + 1);
        if (kind !== 'refused') expect(errors(actions)).toEqual([]);
      }),
      { numRuns: 3000 },
    );
    expect([...accepted.keys()].sort()).toEqual(['hangup', 'makeCall', 'playFile', 'refused', 'say', 'sayAndCapture']);
    expect(Math.min(...accepted.values())).toBeGreaterThan(50);
  });

  it('is accepted by checkCallflow as a batch: speech up to a capture, a bridge or the end', () => {
    fc.assert(
      fc.property(fc.array(speaking, { maxLength: 5 }), ending, (before, last) => {
        const end = composed(last);
        const actions = [...before.flatMap(composed), ...(end.length === 0 ? composed(hangup) : end)];
        expect(errors(actions)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
