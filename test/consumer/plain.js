import { defineFlow, menu, say } from '@hookswitch/dsl';

/** Plain JavaScript, which the linter of the consumer can read without a parser for TypeScript. */
export default defineFlow({ name: 'plain', voice: 'en-US-BenjaminRUS' }, function* () {
  const topic = yield* menu('For cake press 1, for bread press 2.', { 1: 'cake', 2: 'bread' }, { id: 'main', otherwise: 'bread' });
  yield say(`You chose ${topic}.`);
});
