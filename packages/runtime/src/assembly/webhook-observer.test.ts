import { readFileSync } from 'node:fs';
import { capture, defineFlow } from '@hookswitch/dsl';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../app.ts';
import { ManualClock } from '../clock.test-support.ts';
import type { Hooks } from './options.ts';

const question = defineFlow({ name: 'question', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Well?', { id: 'well' });
  throw new TypeError('nobody foresaw this');
});

const AUTHORIZED = { authorization: 'Bearer a-long-enough-api-token' };

async function server(hooks: Hooks, clock?: ManualClock) {
  const lines: string[] = [];
  const logStream = { write: (line: string) => void lines.push(line) };
  const app = await createApp({
    flows: [question],
    store: 'memory',
    allowUnverified: true,
    apiTokens: ['a-long-enough-api-token'],
    hooks,
    logStream,
    ...(clock === undefined ? {} : { clock }),
  });
  onTestFinished(async () => {
    const closing = app.close();
    // A hook that hangs is left behind.
    await clock?.advance(5_000);
    await closing;
  });
  const post = (eventType: string, payload: object) =>
    app.inject({ method: 'POST', url: '/webhooks', payload: { eventType, payload: { sessionId: 's1', ...payload } } });
  const action = (callStatus: string) =>
    post('CALL_ACTION', { subAccountId: 'acme', callStatus, source: '+6590000001', destination: '+6560000000' });
  const timeline = async () => {
    const { calls } = (await app.inject({ url: '/calls', headers: AUTHORIZED })).json<{ calls: { id: string }[] }>();
    const detail = await app.inject({ url: `/calls/${calls[0]?.id ?? ''}`, headers: AUTHORIZED });
    return detail.json<{ timeline: { text: string }[] }>().timeline.map(({ text }) => text);
  };
  const metrics = async () => (await app.inject({ url: '/metrics', headers: AUTHORIZED })).body;
  return { post, action, timeline, lines, metrics };
}

/** Hooks that note what they are told. */
function noting(): { readonly told: string[]; readonly hooks: Hooks } {
  const told: string[] = [];
  const hooks: Hooks = {
    onStatus: (status, call) => void told.push(`${status.callStatus} of ${call?.flow ?? 'nobody'}`),
    onRecording: (recording, call) => void told.push(`${recording.status} of ${call?.flow ?? 'nobody'}`),
    onNumberUpdate: ({ virtualNumbers }) =>
      void told.push(...virtualNumbers.map(({ msisdn, operationalStatus }) => `number ${msisdn} is ${operationalStatus ?? '-'}`)),
    onUnknownSession: ({ status }) => void told.push(`unknown ${status}`),
    onFallback: (call, reason) => void told.push(`fallback ${reason} of ${call?.flow ?? 'nobody'}`),
    onError: (error) => void told.push(String(error)),
    onEnd: ({ id, sessionStatus, idempotencyKey }) => void told.push(`end ${sessionStatus} ${String(idempotencyKey === `${id}:end`)}`),
  };
  return { told, hooks };
}

const RECORDING = JSON.parse(readFileSync(new URL('../../fixtures/webhooks/vru-upload-completed.json', import.meta.url), 'utf8')) as {
  readonly payload: object;
};

describe('hooks', () => {
  it('are told of progress, recordings, numbers and sessions that nobody knows', async () => {
    const { told, hooks } = noting();
    const { post, action } = await server(hooks);
    await action('CALL_RECEIVED');
    await post('CALL_STATUS', { subAccountId: 'acme', callStatus: 'CALL_CONNECTED' });
    await post('CALL_STATUS', { subAccountId: 'other', callStatus: 'CALL_CONNECTED' });
    await post('VIRTUAL_NUMBER_UPDATE', { virtualNumbers: [{ msisdn: '+6560000000', operationalStatus: 'Unhealthy' }] });
    await post('SESSION_SUMMARY', { subAccountId: 'other', sessionStatus: 'BUSY' });
    const number = 'number +6560000000 is Unhealthy';
    await expect.poll(() => told).toEqual(['CALL_CONNECTED of question', 'CALL_CONNECTED of nobody', number, 'unknown BUSY']);
  });

  it('are told of a fallback, its error and the end of the call', async () => {
    const { told, hooks } = noting();
    const { post, action } = await server(hooks);
    await action('CALL_RECEIVED');
    await action('ACTION_COMPLETED');
    await post('SESSION_SUMMARY', { subAccountId: 'acme', sessionStatus: 'COMPLETED' });
    await expect.poll(() => told).toContain('end COMPLETED true');
    expect(told).toEqual(expect.arrayContaining(['fallback flow-error of question', 'TypeError: nobody foresaw this']));
  });

  it('are told once of what comes twice', async () => {
    const { told, hooks } = noting();
    const { post, action, timeline } = await server(hooks);
    const connected = { subAccountId: 'acme', callStatus: 'CALL_CONNECTED', eventId: 'e1' };
    await post('CALL_STATUS', connected);
    await action('CALL_RECEIVED');
    for (const eventId of ['e1', 'e2', 'e2']) await post('CALL_STATUS', { ...connected, eventId });
    const recording = { ...RECORDING.payload, sessionId: 's1' };
    await post('CALL_RECORDING_STATUS', recording);
    await post('CALL_RECORDING_STATUS', recording);
    await expect.poll(() => told).toEqual(['CALL_CONNECTED of nobody', 'CALL_CONNECTED of question', 'UPLOAD_COMPLETED of question']);
    expect((await timeline()).filter((text) => text === 'Status: CALL_CONNECTED')).toHaveLength(2);
  });

  it('that hang hold up no webhook', async () => {
    const { post } = await server({ onStatus: () => new Promise(() => undefined) }, new ManualClock());
    expect((await post('CALL_STATUS', { subAccountId: 'acme', callStatus: 'CALL_CONNECTED' })).statusCode).toBe(200);
  });

  it('that throw are logged, and nothing else stops', async () => {
    const { action, post, lines } = await server({
      onStatus: () => Promise.reject(new TypeError('pager down')),
      onFallback: () => {
        throw new TypeError('pager down');
      },
    });
    await action('CALL_RECEIVED');
    expect((await post('CALL_STATUS', { subAccountId: 'acme', callStatus: 'CALL_CONNECTED' })).statusCode).toBe(200);
    expect((await action('ACTION_COMPLETED')).statusCode).toBe(200);
    await expect.poll(() => lines.filter((line) => line.includes('a hook failed')).length).toBe(2);
  });
});

it('a call that the platform ends with an error is logged, counted by its code, and told to onError', async () => {
  const { told, hooks } = noting();
  const { post, action, lines, metrics } = await server(hooks);
  await action('CALL_RECEIVED');
  const details = { errorCode: -2003, errorMsg: 'speech profile invalid' };
  await post('SESSION_SUMMARY', { subAccountId: 'acme', sessionStatus: 'ERROR', errorDetails: details });
  await expect.poll(() => told).toContain('end ERROR true');
  expect(told.filter((line) => line.includes('callflow-invalid'))).toHaveLength(1);
  expect(await metrics()).toContain('hookswitch_session_errors_total{code="-2003"} 1\n');
  const errors = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ errorCode }) => errorCode === -2003);
  expect(errors).toMatchObject([{ level: 50, rule: 'callflow-invalid', err: { code: 'HS_SESSION_ERROR' } }]);
});

it('counts a session that is not known and ends in an error, by its code, once', async () => {
  const { post, lines, metrics } = await server({});
  const summary = { subAccountId: 'acme', sessionStatus: 'ERROR', errorDetails: { errorCode: -2003, errorMsg: 'no' } };
  await post('SESSION_SUMMARY', summary);
  await post('SESSION_SUMMARY', summary);
  expect(await metrics()).toContain('hookswitch_session_errors_total{code="-2003"} 1\n');
  expect(lines.filter((line) => line.includes('a session that is not known ended in an error'))).toHaveLength(1);
});

it('counts the error of a session once that becomes known after its end', async () => {
  const { told, hooks } = noting();
  const { post, action, metrics } = await server(hooks);
  await post('SESSION_SUMMARY', { subAccountId: 'acme', sessionStatus: 'ERROR', errorDetails: { errorCode: -2003, errorMsg: 'no' } });
  await action('CALL_RECEIVED');
  await expect.poll(() => told).toContain('end ERROR true');
  expect(await metrics()).toContain('hookswitch_session_errors_total{code="-2003"} 1\n');
});

describe('the timeline of a call', () => {
  it("has a recording that names no subaccount, as 8x8's sample does", async () => {
    const { told, hooks } = noting();
    const { post, action, timeline } = await server(hooks);
    await action('CALL_RECEIVED');
    await post('CALL_RECORDING_STATUS', { ...RECORDING.payload, sessionId: 's1' });
    await expect.poll(() => told).toEqual(['UPLOAD_COMPLETED of question']);
    expect(await timeline()).toContain('Recording: UPLOAD_COMPLETED, 25 s');
  });

  it('has progress that was reported before the call came in', async () => {
    const { post, action, timeline } = await server({});
    await post('CALL_STATUS', { subAccountId: 'acme', callStatus: 'CALL_INITIATED' });
    await action('CALL_RECEIVED');
    expect(await timeline()).toContain('Status: CALL_INITIATED');
  });
});
