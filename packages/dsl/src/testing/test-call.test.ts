import { describe, expect, it } from 'vitest';
import { capture } from '../effects/capture.ts';
import { log } from '../effects/log.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { uninterruptible } from '../effects/uninterruptible.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { FlowFailedError } from './errors/flow-failed-error.ts';
import { startCall } from './start-call.ts';
import { steps, support } from './support-flow.test-support.ts';

const voice = 'en-US-BenjaminRUS';

describe('a test can’t do what a phone couldn’t', () => {
  it('press a letter', async () => {
    const call = await startCall(support);
    await expect(call.press('12x')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[PhoneKeyError: A telephone has no key "x" (character 3 of what was to be pressed). Its keys are 0 to 9, "*" and "#"; for no key at all use stayQuiet().]`,
    );
  });

  it('press a number, which is no text of keys', async () => {
    const call = await startCall(support);
    await expect(call.press(12 as never)).rejects.toThrow("press: keys must be a text such as '12#'; got a number.");
  });

  it('press nothing', async () => {
    const call = await startCall(support);
    await expect(call.press('')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[CallOptionError: press: no key was given; for no key at all use stayQuiet().]`,
    );
  });

  it('press keys that come after the end of the capture', async () => {
    const call = await startCall(support, { steps });
    await call.press('12#');
    await expect(call.press('11')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [NothingListensError: press: of these 2 keys the capture at "main" takes 1: then it has ended, by its length, and nothing listens to the rest. Give the rest to the next press.

      ☎ +6590000001 calls +6560000000 (inbound)
      » Welcome to Acme.
      » Enter your account number, then hash.
      « 1 2 #
      · find-customer → {"name":"Ann"}
      » Hello Ann, thank you.
      » For billing press 1, for an agent press 2.
      ]
    `);
  });

  it('press keys that come after the #, or after the last try', async () => {
    const call = await startCall(support);
    await expect(call.press('12#1')).rejects.toThrow('takes 3: then it has ended, by "#"');
    await expect(call.press('1#1#1#1')).rejects.toThrow('takes 6: then it has ended, with its last try');
  });

  it('press a key, or stay quiet, while the other party listens', async () => {
    const call = await startCall(support, { steps });
    await call.press('12#');
    await call.press('2');
    await expect(call.press('1')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [NothingListensError: press: a bridge is open at "agent", so the other party hears the keys, not the flow. Use bridgeEnds(…) or hangUp().

      ☎ +6590000001 calls +6560000000 (inbound)
      » Welcome to Acme.
      » Enter your account number, then hash.
      « 1 2 #
      · find-customer → {"name":"Ann"}
      » Hello Ann, thank you.
      » For billing press 1, for an agent press 2.
      « 2
      ✆ bridge to +6531589338 …
      ]
    `);
    await expect(call.stayQuiet()).rejects.toThrow('stayQuiet: a bridge is open');
  });

  it('end a bridge that isn’t there', async () => {
    const call = await startCall(support);
    await expect(call.bridgeEnds('busy')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [NoBridgeError: bridgeEnds: no bridge is open; the flow waits for keys at "account". Use press(…), stayQuiet() or hangUp().

      ☎ +6590000001 calls +6560000000 (inbound)
      » Welcome to Acme.
      » Enter your account number, then hash.
      ]
    `);
    await expect(call.hangUp('busy')).rejects.toThrow("hangUp('busy'): no bridge is open");
  });

  it.each(['press', 'stayQuiet', 'bridgeEnds', 'hangUp', 'wait'] as const)('do anything after the end: %s', async (name) => {
    const call = await startCall(support);
    await call.hangUp();
    const again = { press: () => call.press('1'), stayQuiet: () => call.stayQuiet(), bridgeEnds: () => call.bridgeEnds('busy') };
    const all = { ...again, hangUp: () => call.hangUp(), wait: () => call.wait(1) };
    await expect(all[name]()).rejects.toThrow(`${name}: nobody is on the line any more, because the caller hung up.`);
  });

  it('do two things at once', async () => {
    const call = await startCall(support, { steps });
    const first = call.press('12#');
    await expect(call.press('2')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [NotAwaitedError: press: press is still going on; write: await call.press(…).

      ☎ +6590000001 calls +6560000000 (inbound)
      » Welcome to Acme.
      » Enter your account number, then hash.
      « 1 2 #
      ]
    `);
    await first;
  });

  it.each([-1, Number.NaN, Infinity])('wait %s ms', async (ms) => {
    const call = await startCall(support);
    await expect(call.wait(ms)).rejects.toThrow('wait: expected milliseconds, 0 or more');
  });

  it('and what it tried leaves the call as it was', async () => {
    const call = await startCall(support, { steps });
    const before = call.transcript;
    await expect(call.press('12#1')).rejects.toThrow();
    expect([call.transcript, call.now]).toEqual([before, call.call.startedAt]);
    await call.press('12#');
    expect(call.site).toBe('main');
  });
});

describe('the end of a call', () => {
  const tidy = defineFlow({ name: 'tidy', voice }, function* () {
    try {
      yield* capture('Stay?', { id: 'stay', noOfTries: 1 });
      yield* step('work', () => null);
      yield say('Bye.');
    } finally {
      yield* uninterruptible(function* () {
        yield say('Nobody hears this.');
        yield* step('clean-up', () => null);
        yield log('done');
      });
    }
  });

  it('runs the flow’s finally after a hang-up', async () => {
    const call = await startCall(tidy, { steps: { 'clean-up': 'cleaned' } });
    await call.hangUp();
    expect([call.site, call.transcript.split('\n').slice(2)]).toEqual([
      'closed',
      ['⏹ the caller hung up', '· clean-up → "cleaned"', '✎ done'],
    ]);
  });

  it('can come while a step runs, whose signal aborts', async () => {
    const call = await startCall(tidy, {
      steps: {
        'clean-up': null,
        work: ({ signal, hangUp }) => {
          hangUp();
          return signal.aborted;
        },
      },
    });
    await call.press('1#');
    expect(call.transcript.split('\n').slice(2)).toEqual(['« 1 #', '⏹ the caller hung up', '· work → true', '· clean-up → null', '✎ done']);
  });

  it('bears a step that fails because the caller has gone', async () => {
    const gone = ({ hangUp }: { hangUp: () => void }): never => {
      hangUp();
      throw new Error('aborted');
    };
    const call = await startCall(support, { steps: { 'find-customer': gone } });
    await call.press('12#');
    expect([call.ended, call.transcript.split('\n').at(-1)]).toEqual([true, '· find-customer ✗ Error: aborted']);
  });

  it('may tell how an open bridge had ended', async () => {
    const call = await startCall(support, { steps });
    await call.press('12#');
    await call.press('2');
    await call.hangUp({ outcome: 'answered', duration: 5 });
    expect(call.now - call.call.startedAt).toBe(5_000);
    expect(call.transcript.split('\n').slice(-2)).toEqual(['✆ bridge to +6531589338 … answered, 5 s', '⏹ the caller hung up']);
    expect(call.journal.at(-1)).toMatchObject({ site: 'agent', ended: true, value: { outcome: 'answered', sipCode: 200, duration: 5 } });
  });
});

describe('an error of the flow', () => {
  const broken = defineFlow({ name: 'broken', voice }, function* () {
    yield* capture('Press a key.', { id: 'key' });
    throw new RangeError('too far');
  });

  it('is an error of the action that brought it about', async () => {
    const call = await startCall(broken);
    await expect(call.press('1#')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [FlowFailedError: Flow "broken" failed after "key": RangeError: too far

      ☎ +6590000001 calls +6560000000 (inbound)
      » Press a key.
      « 1 #
      ✗ RangeError: too far
      ]
    `);
    expect([call.site, call.ended, call.error]).toEqual(['failed', true, new RangeError('too far')]);
  });

  it('has what the flow threw as its cause', async () => {
    const call = await startCall(broken);
    const error = await call.press('1#').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FlowFailedError);
    expect((error as FlowFailedError).cause).toEqual(new RangeError('too far'));
    await expect(call.press('1')).rejects.toThrow('an earlier error stopped the call (FlowFailedError)');
  });

  it('in the first turn is an error of startCall', async () => {
    const flow = defineFlow({ name: 'stillborn', voice }, function* () {
      throw new RangeError('too early');
    });
    await expect(startCall(flow)).rejects.toThrow('Flow "stillborn" failed at the start of the call: RangeError: too early');
  });

  it('in a step that it doesn’t catch is one too', async () => {
    const call = await startCall(support, { steps: { 'find-customer': new Error('down') } });
    await expect(call.press('12#')).rejects.toThrow(
      'failed after "find-customer": StepFailedError: Step "find-customer" failed: Error: down',
    );
  });
});

describe('a callflow that 8x8 would refuse', () => {
  it('is an error that names the rules', async () => {
    const flow = defineFlow({ name: 'chatty', voice, limits: { effectsPerBatch: 2_000 } }, function* () {
      yield* capture('Press a key.', { id: 'key' });
      for (let count = 0; count < 1_001; count++) yield say('Blah.');
    });
    const call = await startCall(flow);
    await expect(call.press('1#')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [CallflowRefusedError: 8x8 would refuse what flow "chatty" answers:
        HS_CALLFLOW_TOO_LONG: $.callflow may not hold more than 1000 actions; got a longer list. Spread the actions over several answers; only the first ones were judged.

      ☎ +6590000001 calls +6560000000 (inbound)
      » Press a key.
      « 1 #
      ]
    `);
  });
});
