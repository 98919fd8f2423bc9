import { describe, expect, it } from 'vitest';
import { capture } from '../effects/capture.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { startCall } from './start-call.ts';
import { inTurn, type StepStub, type StubContext } from './step-stubs.ts';
import { support } from './support-flow.test-support.ts';

/** Speaks what its step gives, as often as a key is pressed. */
const weather = defineFlow({ name: 'weather', voice: 'en-US-BenjaminRUS' }, function* () {
  while ((yield* capture('Press 1 for the weather.', { id: 'again', completeOnHash: false, maxDigits: 1 })) === '1') {
    try {
      yield say(`It is: ${JSON.stringify(yield* step('look', (): unknown => 'never called'))}`);
    } catch (error) {
      yield say(`Oh: ${(error as Error).message}`);
    }
  }
});

async function heardWith(look: StepStub): Promise<string | undefined> {
  const call = await startCall(weather, { steps: { look } });
  await call.press('1');
  return call.heardLast[0];
}

describe('a step’s stub', () => {
  it.each<[string, StepStub, string]>([
    ['a value', { sun: true }, 'It is: {"sun":true}'],
    ['a list, which is a value like others', ['sun', 'rain'], 'It is: ["sun","rain"]'],
    ['nothing', undefined, 'It is: undefined'],
    ['a function', () => 'rain', 'It is: "rain"'],
    ['an asynchronous function', () => Promise.resolve(null), 'It is: null'],
    ['an error', new TypeError('fog'), 'Oh: Step "look" failed: TypeError: fog'],
    [
      'a function that throws',
      () => {
        throw new RangeError('hail');
      },
      'Oh: Step "look" failed: RangeError: hail',
    ],
    ['a promise that fails', () => Promise.reject(new Error('snow')), 'Oh: Step "look" failed: Error: snow'],
    ['results in turn', inTurn('mist', 'sun'), 'It is: "mist"'],
  ])('is %s', async (_, stub, expected) => {
    expect(await heardWith(stub)).toBe(expected);
  });

  it('gives its results in turn, whatever they are', async () => {
    const call = await startCall(weather, { steps: { look: inTurn('mist', () => 'sun', new Error('hail')) } });
    for (let count = 0; count < 3; count++) await call.press('1');
    expect(call.heard.filter((text) => !text.startsWith('Press'))).toEqual([
      'It is: "mist"',
      'It is: "sun"',
      'Oh: Step "look" failed: Error: hail',
    ]);
  });

  it('is called with what a step is called with, and the call', async () => {
    const seen: StubContext[] = [];
    const call = await startCall(weather, { steps: { look: (context) => void seen.push(context) } });
    await call.press('1');
    await call.press('1');
    expect(seen.map(({ idempotencyKey, attempt }) => [idempotencyKey, attempt])).toEqual([
      ['test-call:1', 1],
      ['test-call:3', 1],
    ]);
    expect([seen[0]?.signal.aborted, seen[0]?.call]).toEqual([false, call.call]);
  });

  it('that is missing is an error that says which, and which there are', async () => {
    const call = await startCall(support, { steps: { 'find-costumer': null, 'send-mail': null } });
    await expect(call.press('12#')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [StepStubError: Flow "support" runs the step "find-customer", which is not stubbed. Stubbed are: "find-costumer", "send-mail". Is "find-costumer" meant for it? Give its result: startCall(flow, { steps: { 'find-customer': () => … } }).

      ☎ +6590000001 calls +6560000000 (inbound)
      » Welcome to Acme.
      » Enter your account number, then hash.
      « 1 2 #
      ]
    `);
  });

  it('that is missing where none is given is an error too', async () => {
    const call = await startCall(support);
    await expect(call.press('12#')).rejects.toThrow(
      'runs the step "find-customer", which is not stubbed. No step is stubbed. Give its result:',
    );
  });

  it('that has too few results is an error that says so', async () => {
    const call = await startCall(weather, { steps: { look: inTurn('mist') } });
    await call.press('1');
    await expect(call.press('1')).rejects.toThrow('Step "look" ran a second time, but inTurn(…) has one result for it. Add one.');
  });

  it.each<[string, StepStub, string]>([
    ['a date', () => new Date(0), '$ is a Date; give date.toISOString()'],
    ['a map inside', { list: [new Map()] }, '$.list[0] is a Map'],
    ['no number', () => Number.NaN, '$ is a number that JSON can not hold'],
  ])('that gives what JSON would lose is an error: %s', async (_, stub, expected) => {
    await expect(heardWith(stub)).rejects.toThrow(expected);
  });

  it('can’t hang up once it has given its result', async () => {
    let later = (): void => undefined;
    const call = await startCall(weather, { steps: { look: ({ hangUp }) => void (later = hangUp) } });
    await call.press('1');
    expect(() => later()).toThrow('The stub of step "look" called hangUp() after it had given its result.');
    expect(call.ended).toBe(false);
  });
});
