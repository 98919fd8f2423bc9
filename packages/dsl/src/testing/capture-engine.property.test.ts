import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { SayAndCaptureAction } from '../callflow/actions.ts';
import type { CaptureBehaviour } from './capture-behaviour.ts';
import { captureStep, type CaptureEvent, type CaptureState, createCapture } from './capture-engine.ts';
import { PHONE_KEYS } from './phone-keys.ts';

const params: fc.Arbitrary<SayAndCaptureAction['params']> = fc
  .record({
    maxDigits: fc.integer({ min: 1, max: 25 }),
    completeOnHash: fc.boolean(),
    overallTimeout: fc.integer({ min: 1, max: 40_000 }),
    noOfTries: fc.integer({ min: 1, max: 5 }),
    repetition: fc.integer({ min: 1, max: 3 }),
    failureMessage: fc.constantFrom(null, 'Wrong.'),
    successMessage: fc.constantFrom(null, 'Thanks.'),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ share, ...rest }) => ({
    promptMessage: 'Digits?',
    voiceProfile: 'en-US-ZiraRUS',
    ...rest,
    minDigits: 1 + Math.floor(share * (rest.maxDigits - 1)),
    digitTimeout: Math.max(1, Math.floor(share * rest.overallTimeout)),
  }));

const behaviour: fc.Arbitrary<Partial<CaptureBehaviour>> = fc.record({
  closingHash: fc.constantFrom('omitted', 'included'),
  silence: fc.constantFrom('null', 'absent', 'empty'),
  failedEntry: fc.constantFrom('digits', 'silence'),
  failureMessage: fc.constantFrom('always', 'between-tries'),
  maxDigitsEndsHashEntry: fc.boolean(),
  hashInFixedEntry: fc.constantFrom('digit', 'ignored'),
  timeoutAfterEnoughDigits: fc.constantFrom('accepts', 'fails'),
  firstDigitWithin: fc.constantFrom('overallTimeout', 'digitTimeout'),
  keyWhileSpeaking: fc.constantFrom('interrupts', 'lost'),
  msPerCharacter: fc.constantFrom(0, 7, 60),
});

const events: fc.Arbitrary<CaptureEvent[]> = fc
  .array(fc.record({ key: fc.option(fc.constantFrom(...PHONE_KEYS)), pause: fc.integer({ min: 0, max: 8_000 }) }), { maxLength: 40 })
  .map((steps) => {
    let at = 0;
    return steps.map(({ key, pause }) => {
      at += pause;
      return key === null ? { type: 'time', at } : { type: 'key', key, at };
    });
  });

const run = (state: CaptureState, all: readonly CaptureEvent[]) => all.reduce(captureStep, state);

describe('every capture', () => {
  test.prop([params, behaviour, events])('ends when nobody presses a key any more', (given, how, all) => {
    const ended = captureStep(run(createCapture(given, { at: 0, behaviour: how }), all), { type: 'time', at: 1e9 });
    expect(ended).toMatchObject({ phase: 'done', timesOutAt: null });
    expect(ended.result?.attempts).toBeLessThanOrEqual(given.noOfTries ?? 3);
  });

  test.prop([params, behaviour, events])('sounds the same however often one looks at it', (given, how, all) => {
    const start = createCapture(given, { at: 0, behaviour: how });
    const looks = all.flatMap((event): CaptureEvent[] => [{ type: 'time', at: event.at - 1 }, { type: 'time', at: event.at - 0.5 }, event]);
    expect(
      run(
        start,
        looks.filter(({ at }) => at >= 0),
      ),
    ).toEqual(run(start, all));
  });

  test.prop([params, behaviour, events])('gives a valid entry only where the length is right', (given, how, all) => {
    const { result, params: complete } = run(createCapture(given, { at: 0, behaviour: how }), all);
    if (result?.valid !== true) return;
    expect(result.digits.length).toBeGreaterThanOrEqual(complete.minDigits);
    expect(result.digits.length).toBeLessThanOrEqual(complete.maxDigits);
    expect(result.dtmf?.replace(/#$/, '')).toBe(result.digits.replace(/#$/, ''));
  });

  test.prop([params, behaviour, events])('is a value: the same events give the same capture, and none is changed', (given, how, all) => {
    const start = createCapture(given, { at: 0, behaviour: how });
    const copy = structuredClone(start);
    expect(run(start, all)).toEqual(run(copy, all));
    expect(start).toEqual(copy);
  });

  test.prop([params, behaviour, events])('speaks in the order of time', (given, how, all) => {
    const times = run(createCapture(given, { at: 0, behaviour: how }), all).spoken.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});
