import { capture, defineFlow } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { sessionErrorOf } from './session-error.ts';
import { World } from './calls.test-support.ts';

const question = defineFlow({ name: 'question', voice: 'ms-MY-Rizwan' }, function* () {
  yield* capture('Well?', { id: 'well' });
});

describe('a session that ends in ERROR', () => {
  it.each([
    [-2003, 'callflow-invalid', true],
    [-1002, 'speech-profile-unknown', true],
    [-2005, 'speech-failed', false],
    [-2010, 'trunk-capacity-exceeded', false],
    [null, 'no-code', false],
  ])('with %j is the error %s', (errorCode, rule, refused) => {
    expect(sessionErrorOf({ status: 'ERROR', errorCode, errorMessage: 'no' }, 'en-US-ZiraRUS')).toMatchObject({ refused, rule });
  });

  it.each(['COMPLETED', 'BUSY', 'NO_ANSWER', 'CANCELED', 'FAILED', 'IDLE'])('is none with the status %s', (status) => {
    expect(sessionErrorOf({ status, errorCode: null, errorMessage: null }, null)).toBeNull();
  });

  it.each([
    ['a code of the API', 'FAILED', -1002, { refused: true, rule: 'speech-profile-unknown' }],
    ['a code that is no error', 'FAILED', 200, null],
    ['no code', 'COMPLETED', null, null],
    ['zero', 'COMPLETED', 0, null],
    ['a code below those of the API', 'ERROR', -2000, { refused: false }],
    ['a code above those of the API', 'ERROR', -1000, { refused: false }],
  ])('is one by %s', (_what, status, errorCode, expected) => {
    const error = sessionErrorOf({ status, errorCode, errorMessage: null }, null);
    if (expected === null) expect(error).toBeNull();
    else expect(error).toMatchObject(expected);
  });

  it.each([
    [null, false],
    ['', false],
    ['no line', true],
  ])('quotes what 8x8 says of it, %j', (errorMessage, quotes) => {
    const error = sessionErrorOf({ status: 'ERROR', errorCode: -2003, errorMessage }, null);
    expect(error?.message.includes('8x8 says')).toBe(quotes);
    expect(error?.message).not.toContain('null');
  });

  it.each([
    [-2003, 'en-US-ZiraRUS', ['en-US-ZiraRUS']],
    [-2003, null, []],
    [-2005, 'en-US-ZiraRUS', []],
  ])('names the voice of an answer that was refused: %j, %j', (errorCode, voice, voices) => {
    expect(Object.values(sessionErrorOf({ status: 'ERROR', errorCode, errorMessage: null }, voice) ?? {})).toContainEqual(voices);
  });

  it('is told, and kept in the record and in the timeline, with the voice that was refused', async () => {
    const world = await World.open([question]);
    await world.received();
    await world.over({ status: 'ERROR', errorCode: -2003, errorMessage: 'speech profile invalid' });
    await world.calls.settled();
    const call = (await world.store.load({ id: 'call-1' }))?.call;
    expect(world.told).toContain('session failed: callflow-invalid');
    expect(call?.status).toBe('failed');
    expect(call?.state).toContain('HS_SESSION_ERROR');
    expect(call?.state).toContain('nothing of it was heard');
    expect(call?.state).toContain('ms-MY-Rizwan');
    expect((await world.store.timeline('call-1')).map(({ kind }) => kind)).toContain('error');
  });
});
