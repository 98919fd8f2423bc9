import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkCallflow } from './check-callflow.ts';
import type { Via } from './rule.ts';

const fixtures = new URL('../../fixtures/callflows/', import.meta.url);
const samples = readdirSync(fixtures);
const load = (name: string): unknown => JSON.parse(readFileSync(new URL(name, fixtures), 'utf8'));

const CALL = { action: 'makeCall', params: { source: '6512345678', destination: '6587654321' } };
const SAY = { action: 'say', params: { text: 'Hello', voiceProfile: 'en-US-ZiraRUS' } };
const capture = (params: object): object => ({
  action: 'sayAndCapture',
  params: { promptMessage: 'Press 1', voiceProfile: 'en-US-ZiraRUS', ...params },
});
const codes = (callflow: readonly unknown[], via: Via = 'vca'): string[] => checkCallflow({ callflow }, { via }).map(({ code }) => code);
const only = (action: unknown) => checkCallflow({ callflow: [action] }, { via: 'vca' })[0];

describe('checkCallflow', () => {
  it.each(samples)('takes the published sample %s as an answer', (name) => {
    expect(checkCallflow(load(name), { via: 'vca' })).toEqual([]);
  });

  it('takes the published sample of an outbound call as a request', () => {
    expect(checkCallflow(load('simple-ivr-initial.json'), { via: 'api' })).toEqual([]);
  });

  it('takes a request with its validity and request id', () => {
    const body = { validUntil: '2026-12-01T00:00:00Z', clientRequestId: 'r-1', callflow: [CALL] };
    expect(checkCallflow(body, { via: 'api' })).toEqual([]);
  });

  it("takes null for what 8x8's schema calls nullable", () => {
    const names = ['successMessage', 'failureMessage', 'completeOnHash', 'minDigits', 'maxDigits'];
    const all = [...names, 'digitTimeout', 'overallTimeout', 'noOfTries'];
    expect(codes([capture(Object.fromEntries(all.map((name) => [name, null])))])).toEqual([]);
  });

  it.each([
    ['say.speed', { ...SAY, params: { ...SAY.params, speed: null } }],
    ['say.repetition', { ...SAY, params: { ...SAY.params, repetition: null } }],
    ['say.language', { ...SAY, params: { ...SAY.params, language: null } }],
    ['sayAndCapture.speed', capture({ speed: null })],
    ['sayAndCapture.repetition', capture({ repetition: null })],
    ['playFile.repetition', { action: 'playFile', params: { fileUrl: 'https://acme.test/a.wav', repetition: null } }],
    ['makeCall.callRecording', { ...CALL, params: { ...CALL.params, callRecording: null } }],
    ['hangup.params', { action: 'hangup', params: null }],
  ])('refuses null for %s', (place, action) => {
    expect(only(action)).toMatchObject({
      severity: 'error',
      came: 'null',
      path: expect.stringMatching(place.split('.')[1] ?? '') as string,
    });
  });

  it.each(['clientRequestId', 'validUntil', 'clientActionId'])('refuses null for %s', (key) => {
    const found = checkCallflow({ [key]: null, callflow: [CALL] }, { via: key === 'clientActionId' ? 'vca' : 'api' });
    expect(found).toMatchObject([{ severity: 'error', statusCode: -1009, path: `$.${key}` }]);
  });

  it('returns all violations, each with its path', () => {
    const found = checkCallflow(
      { callflow: [{ ...SAY, params: { text: '', speed: 9 } }, capture({ noOfTries: 'x' }), { action: 'jump' }] },
      { via: 'api' },
    );
    expect(found.map(({ path, statusCode }) => [path, statusCode])).toEqual([
      ['$.callflow[0].params.text', -1009],
      ['$.callflow[0].params.voiceProfile', -1009],
      ['$.callflow[0].params.speed', -1009],
      ['$.callflow[0].action', -1013],
      ['$.callflow[1].params.noOfTries', -1009],
      ['$.callflow[2].action', -1007],
      ['$.callflow[2]', null],
    ]);
  });

  it('says where, what came and what to do in one line', () => {
    expect(only(capture({ maxDigits: 30 }))).toEqual({
      code: 'HS_CALLFLOW_MAX_DIGITS',
      severity: 'error',
      statusCode: -1009,
      path: '$.callflow[0].params.maxDigits',
      came: 'a number above the range',
      message: '$.callflow[0].params.maxDigits must be an integer from 1 to 25; got a number above the range. Leave it out for 25.',
      fix: 'Leave it out for 25.',
      source: '8x8 Voice contract §2',
    });
  });

  it.each([
    ['a parameter', () => only(capture({ maxDigit: 1 })), 'maxDigits'],
    ['an action', () => only({ action: 'sayandcapture' }), 'sayAndCapture'],
    ['the key of an action', () => only({ ...SAY, param: {} }), 'params'],
    ['a key of the answer', () => checkCallflow({ clientActionid: 'a', callflow: [SAY] }, { via: 'vca' })[0], 'clientActionId'],
  ])('names the near miss of %s', (_, violation, near) => {
    expect(violation()?.fix).toContain(`Did you mean "${near}"?`);
  });

  it.each([
    ['equal timeouts (U5)', [capture({ digitTimeout: 10_000, overallTimeout: 10_000 })]],
    ['a fixed length', [capture({ completeOnHash: false, maxDigits: 4 })]],
    ['the bounds of every range', [capture({ minDigits: 1, maxDigits: 25, speed: 0.5, repetition: 3, noOfTries: 1 })]],
    ['numbers with and without + (U6)', [{ action: 'makeCall', params: { source: '+6512345678', destination: '6587654321' } }]],
    ['a hangup with empty params', [{ action: 'hangup', params: {} }]],
    ['what JSON leaves out', [{ ...SAY, params: { ...SAY.params, speed: undefined, colour: undefined } }]],
  ])('takes %s', (_, callflow) => {
    expect(codes(callflow)).toEqual([]);
  });

  it.each(['é', '😀', '語'])('counts the characters of a text, not what JavaScript makes of them: %s', (character) => {
    const text = (length: number) => ({ ...SAY, params: { ...SAY.params, text: character.repeat(length) } });
    expect([codes([text(1501)]), codes([text(3000)]), codes([text(3001)])]).toEqual([[], [], ['HS_CALLFLOW_TEXT_LENGTH']]);
  });

  it.each(['soon', '', '2030-02-30T00:00:00Z', '2030-13-01T00:00:00Z', '2030-01-01T24:00:00Z', '2030-01-01', '2030-01-01T00:00:00'])(
    'refuses a request that is valid until %j, which is no time',
    (validUntil) => {
      expect(checkCallflow({ validUntil, callflow: [CALL] }, { via: 'api' })).toMatchObject([{ code: 'HS_CALLFLOW_VALID_UNTIL' }]);
    },
  );

  it('refuses a request whose time has passed where the time is given', () => {
    const body = { validUntil: '2030-01-01T08:00:00+08:00', callflow: [CALL] };
    const at = (now: number) => checkCallflow(body, { via: 'api', now }).map(({ statusCode }) => statusCode);
    expect([at(Date.UTC(2030, 0, 1) - 1), at(Date.UTC(2030, 0, 1)), checkCallflow(body, { via: 'api' })]).toEqual([[], [-1015], []]);
  });

  it.each([
    ['a second makeCall in an answer', () => checkCallflow({ callflow: [CALL, CALL] }, { via: 'vca' })],
    ['a clientActionId that is sent through the API', () => checkCallflow({ clientActionId: 'a', callflow: [CALL] }, { via: 'api' })],
    [
      'a language beside the voice',
      () => checkCallflow({ callflow: [{ ...SAY, params: { ...SAY.params, language: 'en' } }] }, { via: 'vca' }),
    ],
    ['a hangup after a capture', () => checkCallflow({ callflow: [capture({}), { action: 'hangup' }] }, { via: 'vca' })],
  ])('only warns of %s', (_, found) => {
    expect(found()).toMatchObject([{ severity: 'warning' }]);
  });

  it.each([
    ['https://acme.test/a', 'warning'],
    ['https://acme.test/get?f=a.mp3', 'warning'],
    ['https://acme.test/get.php?f=a.mp3', 'warning'],
    ['https://acme.test/v1.2?f=a.mp3', 'warning'],
    ['https://acme.test/get.php?f=a.ogg', 'error'],
    ['https://acme.test/get.php#a.mp3', 'error'],
    ['https://acme.test/a.ogg', 'error'],
    ['https://acme.test/a.wav?f=a.ogg', undefined],
  ])('judges the file %s by one rule: %s', (fileUrl, severity) => {
    expect(only({ action: 'playFile', params: { fileUrl } })?.severity).toBe(severity);
  });

  it('names a wrong order once, where it begins', () => {
    expect(codes([{ action: 'hangup' }, SAY, SAY])).toEqual(['HS_CALLFLOW_AFTER_HANGUP']);
  });

  it('lets a request bridge a second, different destination', () => {
    const other = { action: 'makeCall', params: { source: '6512345678', destination: '6500000000' } };
    expect(codes([CALL, other], 'api')).toEqual([]);
  });

  it.each([[['6587654321', '6587654322']], ['6587654321;6587654322'], ['+6587654321 / +6587654322']])(
    'tells several destinations in one makeCall from a malformed one: %j',
    (destination) => {
      expect(only({ ...CALL, params: { ...CALL.params, destination } })?.statusCode).toBe(-1011);
    },
  );

  it('does not ask twice for a first makeCall when the first action is misspelt', () => {
    expect(codes([{ ...CALL, action: 'makecall' }], 'api')).toEqual(['HS_CALLFLOW_UNKNOWN_ACTION']);
  });

  it('allocates nothing for the list of a callflow without violations', () => {
    expect(checkCallflow({ callflow: [SAY] }, { via: 'vca' })).toBe(checkCallflow({ callflow: [CALL] }, { via: 'api' }));
  });
});
