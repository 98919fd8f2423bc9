import { expect, it } from 'vitest';
import { verify } from '../chart/verify.ts';
import { say } from '../effects/say.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { ask } from '../questions/ask/ask.ts';
import { custom } from '../questions/validators/custom.ts';
import { MODES } from './modes.ts';
import { startCall } from './start-call.ts';

const checkPin = (pin: string) => Promise.resolve(pin === '4711');
const bank = defineFlow({ name: 'bank', voice: 'en-US-ZiraRUS' }, function* () {
  yield* ask('Your PIN?', { id: 'pin', validate: custom(checkPin as never, { minDigits: 4, maxDigits: 4 }) });
  yield say('Welcome.');
});

it.each(MODES)('a PIN check that gives a promise lets nobody in: %s', async (mode) => {
  const call = startCall(bank, { mode });
  await expect(call.then((line) => line.press('4711'))).rejects.toThrow('custom: check must give its result at once; got a promise.');
});

it('a PIN check that gives a promise is found before a caller meets it', () => {
  const { problems } = verify(bank);
  expect(problems.map(({ message }) => message).join()).toContain('custom: check must give its result at once; got a promise.');
});
