import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SayAndCaptureAction } from '../callflow/actions.ts';
import { checkCallflow } from '../callflow/check-callflow.ts';
import { sampleCall } from '../chart/sample-calls.ts';
import type { Capture } from '../effects/capture.ts';
import type { FlowBody } from '../flow/flow-options.ts';
import { begin } from '../generator/replay.ts';
import type { CaptureBehaviour } from '../testing/capture-behaviour.ts';
import { captureStep, createCapture } from '../testing/capture-engine.ts';
import { capturedAnswer } from '../testing/captured-answer.ts';
import { keysFor } from '../testing/keys-for.ts';
import { ask } from './ask/ask.ts';
import { menu } from './menu/menu.ts';
import { flowOf } from './play.test-support.ts';
import { amount } from './validators/amount.ts';
import { card } from './validators/card.ts';
import { date } from './validators/date.ts';
import { digits } from './validators/digits.ts';
import { numberRange } from './validators/number-range.ts';
import { phoneNumber } from './validators/phone-number.ts';
import { pin } from './validators/pin.ts';

const keys = fc.stringMatching(/^[0-9*]{1,4}$/);
const options = fc.uniqueArray(fc.oneof(keys, fc.constant('#')), { minLength: 1, maxLength: 9 });
/** All that platforms may do differently, short of hiding keys that were pressed (U11). */
const behaviours: fc.Arbitrary<Partial<CaptureBehaviour>> = fc.record({
  closingHash: fc.constantFrom('omitted', 'included'),
  maxDigitsEndsHashEntry: fc.boolean(),
  hashInFixedEntry: fc.constantFrom('digit', 'ignored'),
  timeoutAfterEnoughDigits: fc.constantFrom('accepts', 'fails'),
  firstDigitWithin: fc.constantFrom('overallTimeout', 'digitTimeout'),
});

function started(body: FlowBody): {
  readonly run: ReturnType<typeof begin>['run'];
  readonly effect: Capture;
  readonly action: SayAndCaptureAction;
} {
  const flow = flowOf(body);
  const { run, decision } = begin(flow, sampleCall(flow.options));
  expect(checkCallflow({ callflow: decision.actions }, { via: 'vca' })).toEqual([]);
  return { run, effect: decision.effect as Capture, action: decision.actions.at(-1) as SayAndCaptureAction };
}

/** What a platform reports of a caller who presses these keys, half a second apart, and then waits. */
function pressed(action: SayAndCaptureAction, typed: string, behaviour: Partial<CaptureBehaviour>): string | null {
  let capture = createCapture(action.params, { at: 0, behaviour });
  [...typed].forEach((key, index) => {
    capture = captureStep(capture, { type: 'key', key, at: 1_000 + index * 500 });
  });
  return capturedAnswer(captureStep(capture, { type: 'time', at: 1e9 }).result?.dtmf);
}

describe('every menu', () => {
  it('takes every option on every platform, however the entry is ended', () => {
    fc.assert(
      fc.property(options, behaviours, fc.nat(), fc.boolean(), (all, behaviour, which, hash) => {
        const chosen = all[which % all.length] as string;
        let result: unknown;
        const { run, action } = started(function* () {
          result = yield* menu('Choose.', Object.fromEntries(all.map((key) => [key, key])), { id: 'm', attempts: 1, otherwise: 'nothing' });
        });
        const closes = hash && chosen !== '#' && action.params.completeOnHash === true;
        run.answer({ site: 'm', at: 1, value: pressed(action, closes ? `${chosen}#` : chosen, behaviour) });
        expect(result).toBe(chosen);
      }),
    );
  });

  it('tells exploration only what a phone can bring about', () => {
    fc.assert(
      fc.property(options, (all) => {
        const { effect, action } = started(function* () {
          yield* menu('Choose.', Object.fromEntries(all.map((key) => [key, key])), { id: 'm' });
        });
        for (const answer of effect.shape?.answers ?? []) {
          if (answer.digits !== null) expect(keysFor(createCapture(action.params, { at: 0 }), answer.digits), answer.label).not.toBeNull();
        }
      }),
    );
  });
});

describe('every question', () => {
  it.each([
    ['digits', digits(8)],
    ['digits of several lengths', digits(4, 8)],
    ['any digits', digits(1, 25)],
    ['pin', pin(4)],
    ['number range', numberRange(1, 12)],
    ['amount', amount({ max: 50_000 })],
    ['card', card()],
    ['phone number', phoneNumber({ countryCode: '65' })],
    ['date', date('DDMMYYYY', { timeZone: 'UTC', range: 'past' })],
  ])('tells exploration only what a phone can bring about, each under a name of its own: %s', (_name, validate) => {
    const { effect, action } = started(function* () {
      yield* ask<unknown>('Number?', { id: 'n', validate });
    });
    const answers = effect.shape?.answers ?? [];
    for (const { label, digits: typed } of answers) {
      if (typed !== null) expect(keysFor(createCapture(action.params, { at: 0 }), typed), label).not.toBeNull();
    }
    expect(new Set(answers.map(({ label }) => label)).size).toBe(answers.length);
  });

  it('tells an entry that is too long on every platform where # ends it', () => {
    fc.assert(
      fc.property(behaviours, fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 }), (behaviour, length, more) => {
        const { run, action } = started(function* () {
          yield* ask('Number?', { id: 'n', validate: digits(length, length + 3), tooLong: 'Too long.' });
        });
        const typed = `${'7'.repeat(length + 3 + more)}#`;
        const { actions } = run.answer({ site: 'n', at: 1, value: pressed(action, typed, behaviour) });
        expect(JSON.stringify(actions)).toContain('Too long.');
      }),
    );
  });
});
