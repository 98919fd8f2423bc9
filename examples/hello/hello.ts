import { capture, defineFlow, say } from '@hookswitch/dsl';

export default defineFlow({ name: 'hello', voice: 'en-US-BenjaminRUS' }, function* () {
  yield say('Welcome to Hookswitch.');
  const digits = yield* capture('Press any key.', { id: 'key', maxDigits: 1, completeOnHash: false });
  yield say(digits === null ? 'You pressed nothing. Goodbye.' : `You pressed ${digits}. Goodbye.`);
});
