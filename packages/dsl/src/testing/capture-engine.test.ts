import { describe, expect, it } from 'vitest';
import type { SayAndCaptureAction } from '../callflow/actions.ts';
import type { CaptureBehaviour } from './capture-behaviour.ts';
import { captureStep, type CaptureState, createCapture } from './capture-engine.ts';

type Params = Partial<SayAndCaptureAction['params']>;

/** `1` is a key, a number is a pause in ms; keys come 100 ms after each other. */
function play(params: Params, events: readonly (string | number)[], behaviour: Partial<CaptureBehaviour> = {}): CaptureState {
  let state = createCapture({ promptMessage: 'Digits?', voiceProfile: 'en-US-ZiraRUS', ...params }, { at: 0, behaviour });
  let at = 0;
  for (const event of events) {
    at += typeof event === 'number' ? event : 100;
    state = captureStep(state, typeof event === 'number' ? { type: 'time', at } : { type: 'key', key: event, at });
  }
  return state;
}

const outcome = (state: CaptureState) => [state.result?.dtmf, state.result?.reason];
const heard = (state: CaptureState) => state.spoken.map((speech) => `${speech.at} ${speech.text}`);

describe('a capture', () => {
  const fixed = { completeOnHash: false, maxDigits: 4 };
  const hash = { minDigits: 2, maxDigits: 4, noOfTries: 1 };
  it.each<[string, Params, (string | number)[], unknown[]]>([
    ['is ended by # while completeOnHash is true', {}, ['1', '2', '#'], ['12', 'hash']],
    ['is ended by its length while completeOnHash is false', fixed, ['1', '2', '3', '4'], ['1234', 'max-digits']],
    ['takes # as a digit while completeOnHash is false', fixed, ['1', '#', '*', '4'], ['1#*4', 'max-digits']],
    ['is not ended by its length while completeOnHash is true', hash, ['1', '2', '3', '4'], [undefined, undefined]],
    ['is ended by a pause after enough digits', hash, ['1', '2', 5_000], ['12', 'timeout']],
    ['goes on through a pause that is shorter', hash, ['1', '2', 4_900, '#'], ['12', 'hash']],
    ['is ended by the time for the whole entry', { ...hash, overallTimeout: 5_050 }, ['1', 4_000, '2', 1_500], ['12', 'timeout']],
    ['is null after silence', { noOfTries: 1 }, [30_000], [null, 'silence']],
    ['waits a first digit as long as the whole entry', hash, [29_000, '1', '2', '#'], ['12', 'hash']],
    ['is empty after # alone', hash, ['#'], ['', 'too-short']],
    ['keeps too short an entry of the last try', hash, ['1', '#'], ['1', 'too-short']],
    ['keeps too long an entry of the last try', hash, ['1', '2', '3', '4', '5', '#'], ['12345', 'too-long']],
    ['takes a key at the very moment of the timeout', { noOfTries: 1, overallTimeout: 200 }, ['1', '#'], ['1', 'hash']],
  ])('%s', (_, params, events, expected) => {
    expect(outcome(play(params, events))).toEqual(expected);
  });

  it('asks again after each failed try, with the failure message in between', () => {
    const state = play({ failureMessage: 'Wrong.', minDigits: 2, maxDigits: 4, noOfTries: 3, overallTimeout: 10_000 }, [
      10_000,
      '1',
      '#',
      '1',
      '2',
      '#',
    ]);
    expect(heard(state)).toEqual(['0 Digits?', '10000 Wrong.', '10000 Digits?', '10200 Wrong.', '10200 Digits?']);
    expect(state.result).toEqual({ dtmf: '12', reason: 'hash', valid: true, digits: '12', attempts: 3, at: 10_500 });
  });

  it('forgets the keys of a failed try', () => {
    expect(outcome(play({ minDigits: 2, maxDigits: 4, noOfTries: 2 }, ['1', 5_000, 30_000]))).toEqual([null, 'silence']);
  });

  it('speaks the success message after a valid entry only', () => {
    const messages = { successMessage: 'Thanks.', failureMessage: 'Wrong.', noOfTries: 1 };
    expect(heard(play(messages, ['1', '#']))).toEqual(['0 Digits?', '200 Thanks.']);
    expect(heard(play(messages, ['#']))).toEqual(['0 Digits?', '100 Wrong.']);
  });

  it('speaks its prompt as often as repetition says, in each try', () => {
    expect(heard(play({ repetition: 2, noOfTries: 2 }, [30_000]))).toHaveLength(4);
  });

  it('lets one look at when time alone changes something next', () => {
    const state = play({}, ['1']);
    expect([state.timesOutAt, play({}, []).timesOutAt, play({}, ['1', '#']).timesOutAt]).toEqual([5_100, 30_000, null]);
  });

  it('goes through all timeouts of a long jump in order', () => {
    const state = play({ noOfTries: 3, overallTimeout: 1_000, failureMessage: 'Wrong.' }, [1_000_000]);
    expect(heard(state).filter((line) => line.endsWith('Wrong.'))).toEqual(['1000 Wrong.', '2000 Wrong.', '3000 Wrong.']);
    expect(state.result).toMatchObject({ attempts: 3, at: 3_000 });
  });

  it('is not changed by a key after its end', () => {
    const ended = play({}, ['1', '#']);
    expect(captureStep(ended, { type: 'key', key: '2', at: 900 })).toBe(ended);
  });

  it('takes an earlier time for the last one that it knows', () => {
    const state = captureStep(play({}, ['1', 1_000]), { type: 'key', key: '2', at: 7 });
    expect(state).toMatchObject({ at: 1_100, digits: '12', timesOutAt: 6_100 });
  });

  it('refuses what a telephone has no key for', () => {
    expect(() => play({}, ['a'])).toThrowErrorMatchingInlineSnapshot(
      `[PhoneKeyError: A telephone has no key "a" (character 1 of what was to be pressed). Its keys are 0 to 9, "*" and "#"; for no key at all use stayQuiet().]`,
    );
  });
});

describe('a platform may differ', () => {
  const fixed = { completeOnHash: false, maxDigits: 2, noOfTries: 1 };
  it.each<[Partial<CaptureBehaviour>, Params, (string | number)[], unknown[]]>([
    [{ closingHash: 'included' }, {}, ['1', '#'], ['1#', 'hash']],
    [{ closingHash: 'included' }, { noOfTries: 1 }, ['#'], ['#', 'too-short']],
    [{ silence: 'absent' }, { noOfTries: 1 }, [30_000], [undefined, 'silence']],
    [{ silence: 'empty' }, { noOfTries: 1 }, [30_000], ['', 'silence']],
    [{ failedEntry: 'silence' }, { noOfTries: 1 }, ['#'], [null, 'too-short']],
    [{ maxDigitsEndsHashEntry: true }, { maxDigits: 2 }, ['1', '2'], ['12', 'max-digits']],
    [{ hashInFixedEntry: 'ignored' }, fixed, ['1', '#', '2'], ['12', 'max-digits']],
    [{ timeoutAfterEnoughDigits: 'fails' }, { noOfTries: 1 }, ['1', 5_000], ['1', 'unfinished']],
    [{ firstDigitWithin: 'digitTimeout' }, { noOfTries: 1 }, [5_000], [null, 'silence']],
    [{ defaults: 'schema' }, {}, [5_000], [null, 'silence']],
    [{ defaults: 'schema' }, {}, ['1', '2', '#'], ['12', 'too-long']],
  ])('%j', (behaviour, params, events, expected) => {
    expect(outcome(play(params, events, behaviour))).toEqual(expected);
  });

  it('in whether the last failure is spoken', () => {
    const state = play({ failureMessage: 'Wrong.', noOfTries: 2 }, ['#', '#'], { failureMessage: 'between-tries' });
    expect(heard(state)).toEqual(['0 Digits?', '100 Wrong.', '100 Digits?']);
  });

  it('in how long it speaks: time runs out only after the prompt', () => {
    const state = play({ speed: 2, noOfTries: 1, overallTimeout: 1_000 }, [], { msPerCharacter: 100 });
    expect([state.phase, state.timesOutAt]).toEqual(['speaking', 350]);
    expect(captureStep(state, { type: 'time', at: 1_350 }).result).toMatchObject({ reason: 'silence', at: 1_350 });
  });

  it('in what a key does while it speaks', () => {
    const params = { repetition: 3 };
    const interrupted = play(params, ['1'], { msPerCharacter: 10 });
    expect([heard(interrupted), interrupted.digits, interrupted.phase]).toEqual([['0 Digits?', '70 Digits?'], '1', 'listening']);
    expect(play(params, ['1'], { msPerCharacter: 10, keyWhileSpeaking: 'lost' })).toMatchObject({ digits: '', phase: 'speaking' });
  });
});
