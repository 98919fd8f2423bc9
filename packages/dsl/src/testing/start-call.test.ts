import { describe, expect, it } from 'vitest';
import { capture } from '../effects/capture.ts';
import { log } from '../effects/log.ts';
import { now } from '../effects/now.ts';
import { playFile } from '../effects/play-file.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { startCall } from './start-call.ts';
import { steps, support } from './support-flow.test-support.ts';

const voice = 'en-US-BenjaminRUS';

describe('the transcript of a call', () => {
  it('reads as a conversation', async () => {
    const call = await startCall(support, { steps });
    await call.press('12345678#');
    await call.press('2');
    await call.bridgeEnds('answered');
    expect(call.transcript).toMatchInlineSnapshot(`
      "☎ +6590000001 calls +6560000000 (inbound)
      » Welcome to Acme.
      » Enter your account number, then hash.
      « 1 2 3 4 5 6 7 8 #
      · find-customer → {"name":"Ann"}
      » Hello Ann, thank you.
      » For billing press 1, for an agent press 2.
      « 2
      ✆ bridge to +6531589338 … answered, 60 s
      » The agent: answered.
      ⏹ the flow hung up"
    `);
  });

  it('shows silence, pauses, failed tries and who hung up', async () => {
    const call = await startCall(support, { steps, from: null });
    await call.wait(30_000);
    await call.press('1#');
    await call.press('123');
    await call.hangUp();
    expect(call.transcript).toMatchInlineSnapshot(`
      "☎ a withheld number calls +6560000000 (inbound)
      » Welcome to Acme.
      » Enter your account number, then hash.
      « (silence 30 s)
      » Sorry.
      » Enter your account number, then hash.
      « 1 #
      » Sorry.
      » Enter your account number, then hash.
      « 1 2 3 (pause)
      · find-customer → {"name":"Ann"}
      » Hello Ann, thank you.
      » For billing press 1, for an agent press 2.
      ⏹ the caller hung up"
    `);
  });

  it('shows audio files, repetitions, log lines and steps that fail', async () => {
    const flow = defineFlow({ name: 'sounds', voice }, function* () {
      yield playFile('https://acme.example/jingle.wav', { repetition: 2 });
      yield log('looking', { what: 'the weather' });
      yield* step('weather', () => 'rain', { onError: () => 'unknown' });
      yield say('Mind the gap.', { repetition: 3 });
      yield* capture('Press a key.', { id: 'key', repetition: 2 });
    });
    const call = await startCall(flow, { steps: { weather: new TypeError('no satellite') } });
    await call.press('*#');
    expect(call.transcript).toMatchInlineSnapshot(`
      "☎ +6590000001 calls +6560000000 (inbound)
      ✎ looking {"what":"the weather"}
      · weather ✗ TypeError: no satellite
      » ♪ https://acme.example/jingle.wav (×2)
      » Mind the gap. (×3)
      » Press a key. (×2)
      « * #
      ⏹ the flow hung up"
    `);
  });

  it('is what a printed call shows', async () => {
    const call = await startCall(support);
    expect(String(call)).toBe(call.transcript);
  });
});

describe('a call', () => {
  it('has given its first answer when startCall resolves', async () => {
    const call = await startCall(support);
    expect([call.site, call.ended, call.heardLast]).toEqual([
      'account',
      false,
      ['Welcome to Acme.', 'Enter your account number, then hash.'],
    ]);
  });

  it('tells the last turn from all that was heard', async () => {
    const call = await startCall(support, { steps });
    await call.press('12#');
    expect(call.heardLast).toEqual(['Hello Ann, thank you.', 'For billing press 1, for an agent press 2.']);
    expect(call.heard).toHaveLength(4);
  });

  it('keeps the journal that a server would store', async () => {
    const call = await startCall(support, { steps, now: 0 });
    await call.press('12');
    expect(call.journal).toEqual([
      { site: 'account', at: 5_000, value: '12' },
      { site: 'find-customer', at: 5_000, value: { name: 'Ann' } },
    ]);
  });

  it('keeps every callflow as 8x8 gets it', async () => {
    const call = await startCall(support, { steps });
    await call.press('12#');
    await call.press('1');
    const actions = call.sent.map(({ callflow }) => callflow.map(({ action }) => action));
    expect(actions).toEqual([['say', 'sayAndCapture'], ['say', 'sayAndCapture'], ['hangup']]);
    expect(call.sent[0]?.callflow[1]).toMatchObject({ params: { minDigits: 2, maxDigits: 8, noOfTries: 3 } });
  });

  it('lets time pass only in silence, pauses and bridges', async () => {
    const call = await startCall(support, { steps, now: '2026-03-01T00:00:00Z' });
    const start = call.now;
    await call.press('12#');
    await call.wait(4_000);
    await call.press('2');
    await call.bridgeEnds({ outcome: 'answered', duration: 90 });
    expect(call.now - start).toBe(94_000);
  });

  it('lets a wait run into the next capture', async () => {
    const flow = defineFlow({ name: 'two', voice }, function* () {
      yield* capture('One.', { id: 'one', noOfTries: 1, overallTimeout: 10_000 });
      yield* capture('Two.', { id: 'two', noOfTries: 1, overallTimeout: 10_000 });
    });
    const call = await startCall(flow);
    await call.wait(15_000);
    expect([call.site, call.heardLast]).toEqual(['two', ['Two.']]);
    await call.wait(5_000);
    expect(call.ended).toBe(true);
  });

  it('has the time of its events as the flow’s now()', async () => {
    const flow = defineFlow({ name: 'clock', voice }, function* () {
      yield* capture('Wait.', { id: 'wait', noOfTries: 1 });
      yield say((yield* now()).toISOString());
    });
    const call = await startCall(flow, { now: '2026-03-01T08:00:00+08:00' });
    await call.stayQuiet();
    expect(call.heardLast).toEqual(['2026-03-01T00:00:30.000Z']);
  });

  it('gives every try its keys, and the flow what the platform would report', async () => {
    const call = await startCall(support, { steps });
    await call.press('1#1#1#');
    expect(call.journal[0]).toMatchObject({ site: 'account', value: '1' });
    expect(call.heardLast.slice(0, 5)).toEqual([
      'Sorry.',
      'Enter your account number, then hash.',
      'Sorry.',
      'Enter your account number, then hash.',
      'Sorry.',
    ]);
  });

  it('stays quiet through all tries that are left', async () => {
    const call = await startCall(support, { steps });
    await call.press('1#');
    await call.stayQuiet();
    expect(call.journal[0]).toMatchObject({ value: null });
    expect(call.now - call.call.startedAt).toBe(60_000);
  });

  it('can meet a platform that behaves in another way', async () => {
    const platform = { maxDigitsEndsHashEntry: true, closingHash: 'included', msPerCharacter: 10 } as const;
    const call = await startCall(support, { steps, platform });
    await call.press('12345678');
    expect(call.journal[0]).toMatchObject({ value: '12345678', at: call.call.startedAt + 530 });
  });
});

describe('an outbound call', () => {
  it('begins with the makeCall to the one who is called, and obeys the rules of callflows that are sent', async () => {
    const call = await startCall(support, { direction: 'outbound', from: '+6531580000', to: '+6591234567' });
    expect(call.sent[0]?.callflow[0]).toEqual({ action: 'makeCall', params: { source: '+6531580000', destination: '+6591234567' } });
    expect(call.transcript.split('\n')[0]).toBe('☎ +6531580000 calls +6591234567 (outbound)');
    expect(call.call).toMatchObject({ direction: 'outbound', sessionId: null });
  });

  it('is what params make of a call', async () => {
    const flow = defineFlow<{ readonly name: string }>({ name: 'reminder', voice }, function* (call) {
      if (call.direction === 'outbound') yield say(`Hello ${call.params.name}, this is ${call.from}.`);
    });
    const call = await startCall(flow, { params: { name: 'Ann' } });
    expect(call.heard).toEqual(['Hello Ann, this is +6560000000.']);
    expect(call.call.direction).toBe('outbound');
  });
});
