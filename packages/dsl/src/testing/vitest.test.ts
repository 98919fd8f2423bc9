import { describe, expect, it } from 'vitest';
import { bridge } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { random } from '../effects/random.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { startCall } from './start-call.ts';
import { steps, support } from './support-flow.test-support.ts';
import { inEveryMode, testEveryPath } from './vitest.ts';

async function atMain() {
  const call = await startCall(support, { steps });
  await call.press('12#');
  return call;
}

describe('matchers', () => {
  it('know what the caller hears, now and ever', async () => {
    const call = await atMain();
    expect(call).toHear('Hello Ann');
    expect(call).toHear(/press 1.*press 2/);
    expect(call).not.toHear('Welcome');
    expect(call).toHaveHeard('Welcome');
    expect(call).not.toHaveHeard(/goodbye/i);
  });

  it('know where the call is', async () => {
    const call = await atMain();
    expect(call).toBeAt('main');
    expect(call).not.toBeAt('account');
    expect(call).not.toHaveEnded();
    await call.press('1');
    expect(call).toHaveEnded();
  });

  it('know whom the caller was bridged to', async () => {
    const call = await atMain();
    expect(call).not.toHaveBridgedTo('+6531589338');
    await call.press('2');
    expect(call).toHaveBridgedTo('+6531589338');
    expect(call).toHaveBridgedTo('6531589338');
  });

  it('don’t take the first leg of an outbound call for a bridge', async () => {
    const call = await startCall(support, { direction: 'outbound', to: '+6591234567' });
    expect(call).not.toHaveBridgedTo('+6591234567');
  });

  it('know what 8x8 was sent', async () => {
    const call = await atMain();
    expect(call).toHaveSent({ action: 'sayAndCapture', params: { maxDigits: 1, completeOnHash: false } });
    expect(call).toHaveSent({ params: { text: expect.stringContaining('Ann') as string } });
    expect(call).toHaveSent([{ action: 'say' }, { action: 'sayAndCapture', params: { maxDigits: 8 } }]);
    expect(call).not.toHaveSent([{ action: 'say' }]);
    expect(call).not.toHaveSent({ action: 'hangup' });
  });

  it('let a call be a snapshot', async () => {
    expect(await startCall(support)).toMatchInlineSnapshot(`
      ☎ +6590000001 calls +6560000000 (inbound)
      » Welcome to Acme.
      » Enter your account number, then hash.
    `);
  });
});

describe('a failed expectation shows the call', () => {
  it('toHear', async () => {
    const call = await atMain();
    expect(() => expect(call).toHear('Welcome')).toThrowErrorMatchingInlineSnapshot(`
      [Error: expected the caller to hear "Welcome" in the last turn
      It was heard earlier in the call; toHaveHeard looks at all of it.
      Heard in the last turn:
        Hello Ann, thank you.
        For billing press 1, for an agent press 2.

      ☎ +6590000001 calls +6560000000 (inbound)
      » Welcome to Acme.
      » Enter your account number, then hash.
      « 1 2 #
      · find-customer → {"name":"Ann"}
      » Hello Ann, thank you.
      » For billing press 1, for an agent press 2.
      ]
    `);
    expect(() => expect(call).not.toHear(/hello/i)).toThrowErrorMatchingInlineSnapshot(`
      [Error: expected the caller not to hear /hello/i in the last turn
      Heard in the last turn:
        Hello Ann, thank you.
        For billing press 1, for an agent press 2.

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

  it('toHaveHeard', async () => {
    const call = await startCall(support);
    expect(() => expect(call).toHaveHeard('Goodbye')).toThrowErrorMatchingInlineSnapshot(`
      [Error: expected the caller to have heard "Goodbye"

      ☎ +6590000001 calls +6560000000 (inbound)
      » Welcome to Acme.
      » Enter your account number, then hash.
      ]
    `);
  });

  it('toBeAt', async () => {
    const call = await startCall(support);
    expect(() => expect(call).toBeAt('acount')).toThrowErrorMatchingInlineSnapshot(`
      [Error: expected the call to be at "acount"
      It is at "account".
      Flow "support" has no such site. Did you mean "account"? Its sites: account, find-customer, main, agent, failed, closed.

      ☎ +6590000001 calls +6560000000 (inbound)
      » Welcome to Acme.
      » Enter your account number, then hash.
      ]
    `);
    expect(() => expect(call).toBeAt('ended')).toThrow('has no such site. For the end of the call use toHaveEnded().');
    expect(() => expect(call).not.toBeAt('account')).toThrow('expected the call not to be at "account"\nIt is at "account".');
  });

  it('toHaveBridgedTo', async () => {
    const call = await atMain();
    expect(() => expect(call).toHaveBridgedTo('+6531589338')).toThrow('Bridged to: nothing.');
    await call.press('2');
    expect(() => expect(call).toHaveBridgedTo('+6500000000')).toThrowErrorMatchingInlineSnapshot(`
      [Error: expected the caller to have been bridged to +6500000000
      Bridged to:
        +6531589338

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
  });

  it('toHaveBeenDeclined', async () => {
    const flow = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* () {
      if (yield* step('opted-out', () => true, { examples: { yes: true, no: false } })) return;
      yield say('Hello.');
    });
    const placed = (optedOut: boolean) => startCall(flow, { direction: 'outbound', steps: { 'opted-out': () => optedOut } });
    expect(await placed(true)).toHaveBeenDeclined();
    expect(await placed(true)).not.toHaveSent({ action: 'makeCall' });
    expect(await placed(false)).not.toHaveBeenDeclined();
    const inbound = await startCall(flow, { steps: { 'opted-out': () => true } });
    expect(() => expect(inbound).toHaveBeenDeclined()).toThrow('It is an inbound call');
  });

  it('toHaveEnded', async () => {
    const call = await startCall(support);
    expect(() => expect(call).toHaveEnded()).toThrow('expected the call to have ended\nThe flow waits at "account".');
    await call.hangUp();
    expect(() => expect(call).not.toHaveEnded()).toThrow('expected the call not to have ended');
  });

  it('toHaveSent', async () => {
    const call = await startCall(support);
    expect(() => expect(call).toHaveSent({ action: 'hangup' })).toThrowErrorMatchingInlineSnapshot(`
      [Error: expected 8x8 to have been sent an action like {"action":"hangup"}
      Sent:
        [{"action":"say","params":{"text":"Welcome to Acme.","voiceProfile":"en-US-BenjaminRUS","repetition":1,"speed":1}},{"action":"sayAndCapture","params":{"promptMessage":"Enter your account number, then hash.","voiceProfile":"en-US-BenjaminRUS","successMessage":null,"failureMessage":"Sorry.","speed":1,"repetition":1,"completeOnHash":true,"minDigits":2,"maxDigits":8,"digitTimeout":5000,"overallTimeout":30000,"noOfTries":3}}]

      ☎ +6590000001 calls +6560000000 (inbound)
      » Welcome to Acme.
      » Enter your account number, then hash.
      ]
    `);
  });
});

describe('a matcher that is misused says so', () => {
  it('on a call that is not awaited', async () => {
    const pending = startCall(support);
    expect(() => expect(pending).toHear('Welcome')).toThrow(
      'expect(call).toHear: expected what startCall resolves to; got a promise: write await startCall(…).',
    );
    await pending;
  });

  it('on what isn’t a call, also with not', () => {
    expect(() => expect(42).not.toBeAt('main')).toThrow(
      'expect(call).toBeAt: expected what startCall resolves to; got a value of type number.',
    );
  });

  it('with a text that is part of every text', async () => {
    const call = await startCall(support);
    expect(() => expect(call).toHear('')).toThrow('got an empty text, which is part of every text.');
    expect(() => expect(call).toHaveSent('hangup' as never)).toThrow('expected a part of an action, or a list of parts; got string.');
  });
});

inEveryMode('a call sounds the same in every mode', support, async (start) => {
  const call = await start({ steps });
  await call.press('1#');
  await call.press('12');
  await call.press('2');
  await call.bridgeEnds('no-answer');
  expect(call).toHear('The agent: no-answer.');
});

inEveryMode('so does one that the caller leaves', support, async (start) => {
  const call = await start({ steps: { 'find-customer': ({ hangUp }) => hangUp() } });
  await call.press('12#');
  expect(call).toHaveEnded();
});

testEveryPath(support);

testEveryPath(
  defineFlow({ name: 'declining', voice: 'en-US-BenjaminRUS', examples: { direction: ['inbound', 'outbound'] } }, function* () {
    if (yield* step('opted-out', () => true, { examples: { yes: true, no: false }, onError: () => false })) return;
    yield say('Hello.');
  }),
);

testEveryPath(
  defineFlow(
    { name: 'everything', voice: 'en-US-BenjaminRUS', examples: { from: [null], at: ['2026-01-04T12:00:00Z'] } },
    function* (call) {
      if (call.from === null) yield say('You hide your number.');
      try {
        for (let tries = 0; tries < 2; tries++) {
          const pin = yield* capture('PIN?', {
            id: 'pin',
            minDigits: 4,
            maxDigits: 4,
            completeOnHash: false,
            examples: ['1234', '12', '1*34'],
          });
          if (pin === '1234') break;
        }
        const lucky = (yield* random()) < 0.5;
        const { outcome } = yield* bridge('+6531589338', { id: lucky ? 'left' : 'right' });
        if (outcome === 'busy') yield* capture('Busy. Leave your number.', { id: 'number' });
      } finally {
        yield* step('clean-up', () => null, { examples: { done: null } });
      }
    },
  ),
  { platform: { closingHash: 'included', maxDigitsEndsHashEntry: true } },
);
