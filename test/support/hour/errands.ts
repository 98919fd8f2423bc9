import { capture, defineFlow, type FlowModule, log, menu, say, step } from '@hookswitch/dsl';

/** A bit of everything that takes room: menus, entries, a sensitive one, steps with results, a log line. */
export const errands: FlowModule = defineFlow({ name: 'errands', voice: 'en-US-BenjaminRUS', goodbye: 'Bye.' }, function* () {
  for (let round = 0; round < 5; round++) {
    const what = yield* menu('Press 1 to order, 2 to pay, 3 to end.', { 1: 'order', 2: 'pay', 3: 'end' }, { id: 'what' });
    if (what === 'end') return;
    yield log('chosen', { what });
    const digits = yield* capture('The number, please.', { id: what, maxDigits: 12, sensitive: what === 'pay' });
    const found = yield* step('find', () => ({ found: 'x'.repeat(200) }), { examples: { found: { found: 'x' } } });
    yield say(`${digits?.length ?? 0} digits, ${found.found.length} letters.`);
  }
});
