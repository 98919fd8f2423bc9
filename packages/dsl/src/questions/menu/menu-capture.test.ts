import { describe, expect, it } from 'vitest';
import { play } from '../play.test-support.ts';
import { menu } from './menu.ts';

const captureOf = (options: Readonly<Record<string, string>>, settings: Parameters<typeof menu>[2] = {}) =>
  play(function* () {
    yield* menu('Choose.', options, { id: 'm', ...settings });
  }).capture;

const answersOf = (options: Readonly<Record<string, string>>) =>
  captureOf(options).shape?.answers.map(({ label, digits }) => [label, digits]);

describe('the capture of a menu', () => {
  it('leaves nothing to the platform that it does not document', () => {
    expect(captureOf({ 1: 'a' })).toMatchObject({ noOfTries: 1, minDigits: 1, successMessage: null, failureMessage: null });
  });

  it.each([
    ['one key', { 1: 'a', '*': 'b' }, { maxDigits: 1, completeOnHash: false, digitTimeout: 10_000, overallTimeout: 10_000 }],
    ['two keys', { 12: 'a', 13: 'b' }, { maxDigits: 2, completeOnHash: false, digitTimeout: 3_000, overallTimeout: 10_000 }],
    ['one or two keys', { 1: 'a', 12: 'b' }, { maxDigits: 2, completeOnHash: true, digitTimeout: 3_000, overallTimeout: 10_000 }],
    ['one key or #', { 1: 'a', '#': 'b' }, { maxDigits: 1, completeOnHash: true, digitTimeout: 3_000, overallTimeout: 10_000 }],
    ['# alone', { '#': 'a' }, { maxDigits: 1, completeOnHash: true, digitTimeout: 3_000, overallTimeout: 10_000 }],
  ])('is ended by length where all options have one length, else by # or a pause: %s', (_what, options, expected) => {
    expect(captureOf(options)).toMatchObject(expected);
  });

  it("may use the platform's own tries", () => {
    const settings = { noOfTries: 3, failureMessage: 'Sorry?' };
    expect(captureOf({ 1: 'a' }, settings)).toMatchObject({ ...settings, minDigits: 1, successMessage: null });
  });

  it.each([
    [{ 1: 'a', 2: 'b' }, true],
    [{ 12: 'a' }, true],
    [{ 1: 'a', 12: 'b' }, false],
    [{ 1: 'a' }, null],
  ])('of %j takes completeOnHash: %j', (options, completeOnHash) => {
    const { completeOnHash: sent, shape } = captureOf(options, { completeOnHash });
    expect(sent).toBe(completeOnHash ?? false);
    expect(shape?.answers.some(({ digits }) => digits === '')).toBe(sent);
  });

  it.each([
    [{ 1: 'a', '#': 'b' }, { completeOnHash: false }, 'HS_MENU_KEY'],
    [{ 1: 'a' }, { noOfTries: 0 }, 'HS_CALLFLOW_NO_OF_TRIES'],
    [{ 1: 'a' }, { completeOnHash: 'no' as never }, 'HS_CALLFLOW_COMPLETE_ON_HASH'],
    [{ 1: 'a' }, { failureMessage: '' }, 'HS_CALLFLOW_MESSAGE_LENGTH'],
  ])('of %j refuses %j at once', (options, settings, code) => {
    expect(() => menu('Choose.', options, settings)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('takes the timeouts that it is given', () => {
    expect(captureOf({ 1: 'a', 12: 'b' }, { digitTimeout: 2_000, overallTimeout: 6_000 })).toMatchObject({
      digitTimeout: 2_000,
      overallTimeout: 6_000,
    });
  });

  it('keeps its own pause below a short timeout', () => {
    expect(captureOf({ 1: 'a', 12: 'b' }, { overallTimeout: 2_000 })).toMatchObject({ digitTimeout: 2_000, overallTimeout: 2_000 });
  });

  it('carries speed, repetition, voice and secrecy', () => {
    const settings = { speed: 0.8, repetition: 2, voice: 'en-US-ZiraRUS', sensitive: true };
    expect(captureOf({ 1: 'a' }, settings)).toMatchObject(settings);
  });

  it('gets its name from the main prompt where it has no id, at every attempt', () => {
    const { sites } = play(
      function* () {
        yield* menu('Billing 1, agent 2.', { 1: 'a' }, { noInput: 'Hello?' });
      },
      [null],
    );
    expect(sites).toEqual(['menu-billing-1-agent-2', 'menu-billing-1-agent-2']);
  });

  it.each(['欢迎', 'もしもし'])('gets a name of its own from a prompt in another script: %s', (prompt) => {
    const { site } = play(function* () {
      yield* menu(prompt, { 1: 'a' });
    });
    expect(site).toMatch(/^menu-[a-z0-9]{5,7}$/);
  });
});

describe('what exploration is told of a menu', () => {
  it('is each option, a key that leads nowhere, and silence', () => {
    expect(answersOf({ 1: 'a', '2,3': 'b' })).toEqual([
      ['1', '1'],
      ['2', '2'],
      ['3', '3'],
      ['no match', '4'],
      ['silence', null],
    ]);
  });

  it('is # alone where # ends an entry', () => {
    expect(answersOf({ 1: 'a', 12: 'b' })).toContainEqual(['#', '']);
    expect(answersOf({ 1: 'a', '#': 'b' })).toEqual([
      ['1', '1'],
      ['#', ''],
      ['no match', '2'],
      ['silence', null],
    ]);
  });

  it('is an entry that is too short for any option', () => {
    expect(answersOf({ 12: 'a', 34: 'b' })).toContainEqual(['too short', '1']);
  });

  it('is the two ends of a long range', () => {
    expect(captureOf({ '00-50': 'a' }).shape?.declared).toEqual(['00', '50']);
  });

  it('is no wrong key where every key is an option', () => {
    expect(answersOf({ '0-9': 'a', '*': 'b' })?.map(([label]) => label)).not.toContain('no match');
  });
});
