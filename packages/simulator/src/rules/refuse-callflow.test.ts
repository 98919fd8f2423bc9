import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBehaviour, type BehaviourOptions } from '../behaviour.ts';
import { refuseCallflow, type RuleContext } from './refuse-callflow.ts';

const voiceProfile = 'en-US-ZiraRUS';
const call = { action: 'makeCall', params: { source: '6568332048', destination: '+6591178965' } };
const say = { action: 'say', params: { text: 'Hello', voiceProfile } };
const hangup = { action: 'hangup' };
const capture = (params: object): object => ({ action: 'sayAndCapture', params: { promptMessage: 'Press', voiceProfile, ...params } });

function context(via: 'vca' | 'api', behaviour: BehaviourOptions = {}, rest: Partial<RuleContext> = {}): RuleContext {
  return {
    via,
    behaviour: readBehaviour(behaviour),
    hasVoice: (voice) => voice === voiceProfile,
    allowsSource: () => true,
    canAsk: true,
    now: Date.UTC(2026, 0, 1),
    ...rest,
  };
}

function codeOf(
  body: unknown,
  via: 'vca' | 'api' = 'vca',
  behaviour: BehaviourOptions = {},
  rest: Partial<RuleContext> = {},
): [number, string] | null {
  const refused = refuseCallflow(body, context(via, behaviour, rest));
  return refused === null ? null : [refused.code, refused.path];
}

describe('the published samples', () => {
  const folder = new URL('../../fixtures/callflows/', import.meta.url);
  it.each(readdirSync(folder))('%s is accepted', (file) => {
    const body = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as unknown;
    expect(refuseCallflow(body, context(file.startsWith('seed') ? 'vca' : 'api', {}, { hasVoice: () => true }))).toBeNull();
  });
});

describe('a callflow as an answer', () => {
  const p = '$.callflow[0].params';
  it.each<[string, unknown, number, string]>([
    ['a body that is no object', [], -1001, '$'],
    ['a body without callflow', {}, -1009, '$.callflow'],
    ['a callflow that is no list', { callflow: 'x' }, -1009, '$.callflow'],
    ['an empty callflow', { callflow: [] }, -1009, '$.callflow'],
    ['an unknown field', { callflow: [say], extra: 1 }, -1009, '$.extra'],
    ['a clientActionId that is no string', { clientActionId: 7, callflow: [say] }, -1009, '$.clientActionId'],
    ['an entry that is no object', { callflow: [null] }, -1009, '$.callflow[0]'],
    ['an entry without action', { callflow: [{}] }, -1009, '$.callflow[0].action'],
    ['an action that is no string', { callflow: [{ action: 1 }] }, -1009, '$.callflow[0].action'],
    ['an unknown action', { callflow: [{ action: 'dance' }] }, -1007, '$.callflow[0].action'],
    ['the name of an action that every object has', { callflow: [{ action: 'constructor' }] }, -1007, '$.callflow[0].action'],
    ['an entry with an unknown field', { callflow: [{ ...say, id: 1 }] }, -1009, '$.callflow[0].id'],
    ['an action without params', { callflow: [{ action: 'say' }] }, -1009, p],
    ['params that are no object', { callflow: [{ action: 'say', params: 1 }] }, -1009, p],
    ['a say without text', { callflow: [{ action: 'say', params: { voiceProfile } }] }, -1009, `${p}.text`],
    ['an empty text', { callflow: [{ action: 'say', params: { text: '', voiceProfile } }] }, -1009, `${p}.text`],
    ['a text that is too long', { callflow: [{ action: 'say', params: { text: 'x'.repeat(3001), voiceProfile } }] }, -1009, `${p}.text`],
    ['a text that is no string', { callflow: [{ action: 'say', params: { text: 5, voiceProfile } }] }, -1009, `${p}.text`],
    ['a repetition of 4', { callflow: [{ action: 'say', params: { ...say.params, repetition: 4 } }] }, -1009, `${p}.repetition`],
    ['a repetition of 1.5', { callflow: [{ action: 'say', params: { ...say.params, repetition: 1.5 } }] }, -1009, `${p}.repetition`],
    ['a speed below 0.5', { callflow: [{ action: 'say', params: { ...say.params, speed: 0.4 } }] }, -1009, `${p}.speed`],
    ['a speed above 2', { callflow: [{ action: 'say', params: { ...say.params, speed: 2.1 } }] }, -1009, `${p}.speed`],
    ['an unknown parameter', { callflow: [{ action: 'say', params: { ...say.params, txt: 'x' } }] }, -1009, `${p}.txt`],
    ['an unknown voice', { callflow: [{ action: 'say', params: { text: 'x', voiceProfile: 'Zira' } }] }, -1002, `${p}.voiceProfile`],
    ['a line break', { callflow: [{ action: 'say', params: { text: 'a\nb', voiceProfile } }] }, -1016, `${p}.text`],
    ['a control character in a failure message', { callflow: [capture({ failureMessage: 'a\u0007' })] }, -1016, `${p}.failureMessage`],
    ['minDigits without maxDigits', { callflow: [capture({ minDigits: 1 })] }, -1003, `${p}.maxDigits`],
    ['minDigits above maxDigits', { callflow: [capture({ minDigits: 3, maxDigits: 2 })] }, -1009, `${p}.minDigits`],
    ['maxDigits of 26', { callflow: [capture({ maxDigits: 26 })] }, -1009, `${p}.maxDigits`],
    ['a fixed entry without maxDigits', { callflow: [capture({ completeOnHash: false })] }, -1008, `${p}.maxDigits`],
    ['digitTimeout without overallTimeout', { callflow: [capture({ digitTimeout: 5 })] }, -1005, `${p}.overallTimeout`],
    ['digitTimeout above overallTimeout', { callflow: [capture({ digitTimeout: 6, overallTimeout: 5 })] }, -1006, `${p}.overallTimeout`],
    ['noOfTries of 0', { callflow: [capture({ noOfTries: 0 })] }, -1009, `${p}.noOfTries`],
    ['completeOnHash that is no flag', { callflow: [capture({ completeOnHash: 'yes' })] }, -1009, `${p}.completeOnHash`],
    [
      'a file of another protocol',
      { callflow: [{ action: 'playFile', params: { fileUrl: 'ftp://a.test/a.wav' } }] },
      -1009,
      `${p}.fileUrl`,
    ],
    [
      'a file of another kind',
      { callflow: [{ action: 'playFile', params: { fileUrl: 'https://a.test/a.ogg?x=a.wma' } }] },
      -1009,
      `${p}.fileUrl`,
    ],
    ['a file that is no URL', { callflow: [{ action: 'playFile', params: { fileUrl: 'a.wav' } }] }, -1009, `${p}.fileUrl`],
    [
      'a destination that is no number',
      { callflow: [{ action: 'makeCall', params: { ...call.params, destination: '12' } }] },
      -1017,
      `${p}.destination`,
    ],
    [
      'several destinations',
      { callflow: [{ action: 'makeCall', params: { ...call.params, destination: '6591178965,6591178966' } }] },
      -1011,
      `${p}.destination`,
    ],
    [
      'a list of destinations',
      { callflow: [{ action: 'makeCall', params: { ...call.params, destination: ['6591178965', '6591178966'] } }] },
      -1011,
      `${p}.destination`,
    ],
    ['a source that is no number', { callflow: [{ action: 'makeCall', params: { ...call.params, source: 'me' } }] }, -1009, `${p}.source`],
    ['something behind hangup', { callflow: [hangup, say] }, -1012, '$.callflow[1].action'],
    ['hangup with parameters', { callflow: [{ action: 'hangup', params: { now: true } }] }, -1012, p],
    ['three makeCalls', { callflow: [call, call, call] }, -1010, '$.callflow[2].action'],
    ['a clientActionId of null', { clientActionId: null, callflow: [say] }, -1009, '$.clientActionId'],
    ['a speed of null', { callflow: [{ action: 'say', params: { ...say.params, speed: null } }] }, -1009, `${p}.speed`],
    ['more actions than anybody needs', { callflow: Array.from({ length: 1001 }, () => say) }, -1010, '$.callflow'],
  ])('is refused for %s', (_what, body, code, path) => {
    expect(codeOf(body)).toEqual([code, path]);
  });

  it.each<[string, unknown]>([
    ['a file without suffix', { callflow: [{ action: 'playFile', params: { fileUrl: 'https://a.test/file' } }] }],
    [
      'optional parameters that are null',
      { callflow: [capture({ minDigits: null, maxDigits: null, successMessage: null, digitTimeout: null })] },
    ],
    ['equal timeouts', { callflow: [capture({ digitTimeout: 5, overallTimeout: 5 })] }],
    ['hangup with empty params', { callflow: [{ action: 'hangup', params: {} }] }],
    ['two makeCalls', { callflow: [call, call] }],
    ['a hangup after a capture', { callflow: [capture({}), hangup] }],
    ['a language beside the voice', { callflow: [{ action: 'say', params: { ...say.params, language: 'en' } }] }],
    ['1,501 emoji', { callflow: [{ action: 'say', params: { ...say.params, text: '😀'.repeat(1501) } }] }],
  ])('is accepted with %s', (_what, body) => {
    expect(codeOf(body)).toBeNull();
  });
});

describe('a callflow through the REST API', () => {
  const past = '2025-12-31T23:59:59Z';
  it.each<[string, unknown, number, string]>([
    ['begins with something else', { callflow: [say] }, -1013, '$.callflow[0].action'],
    ['calls three parties', { callflow: [call, call, call] }, -1010, '$.callflow[2].action'],
    ['has a validUntil that no calendar has', { validUntil: '2026-02-30T00:00:00Z', callflow: [call] }, -1009, '$.validUntil'],
    ['was valid until yesterday', { validUntil: past, callflow: [call] }, -1015, '$.validUntil'],
    ['has a validUntil that is no time', { validUntil: 'soon', callflow: [call] }, -1009, '$.validUntil'],
  ])('is refused when it %s', (_what, body, code, path) => {
    expect(codeOf(body, 'api')).toEqual([code, path]);
  });

  it('is accepted with two makeCalls, a request id and a time to come', () => {
    expect(codeOf({ callflow: [call, call], clientRequestId: 'r1', validUntil: '2026-01-01T01:00:00Z' }, 'api')).toBeNull();
  });

  it('is refused with a capture where nobody can be asked', () => {
    expect(codeOf({ callflow: [call, capture({})] }, 'api', {}, { canAsk: false })).toEqual([-1004, '$.callflow[1].action']);
  });
});

describe('what a setting decides', () => {
  it.each<[string, BehaviourOptions, unknown, 'vca' | 'api', number | null]>([
    ['equalTimeouts', { equalTimeouts: 'refused' }, { callflow: [capture({ digitTimeout: 5, overallTimeout: 5 })] }, 'vca', -1006],
    [
      'unknownParams',
      { unknownParams: 'ignored' },
      { extra: 1, callflow: [{ ...say, id: 1, params: { ...say.params, txt: 1 } }] },
      'vca',
      null,
    ],
    [
      'specialCharacters',
      { specialCharacters: /[<>]/u },
      { callflow: [{ action: 'say', params: { text: 'a < b', voiceProfile } }] },
      'vca',
      -1016,
    ],
    [
      'apiCallRecording',
      { apiCallRecording: 'refused' },
      { callflow: [{ action: 'makeCall', params: { ...call.params, callRecording: true } }] },
      'api',
      -1009,
    ],
    [
      'apiCallRecording by default',
      {},
      { callflow: [{ action: 'makeCall', params: { ...call.params, callRecording: true } }] },
      'api',
      null,
    ],
  ])('%s', (_what, behaviour, body, via, code) => {
    expect(codeOf(body, via, behaviour)?.[0] ?? null).toBe(code);
  });

  it('numbers: a source that is not in the list is not allowed', () => {
    expect(codeOf({ callflow: [call] }, 'vca', {}, { allowsSource: () => false })).toEqual([-1014, '$.callflow[0].params.source']);
  });
});
