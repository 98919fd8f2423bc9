import { noFloatingEffect } from './no-floating-effect.ts';
import { inFlow, javascript, typescript } from './rule-tester.test-support.ts';

const LINE = "const line = settings({ closed: { kind: 'boolean', default: false } });";
const LABELS = "const labels = tags({ reason: ['a'] });";
const billing = 'function* billing() { yield say("Billing."); }';

/** One lost effect or sub-flow, and the code after the suggestion has been taken. */
const lost = (name: string, before: string, after: string, messageId: 'effect' | 'subflow' = 'effect') => ({
  name: before,
  code: inFlow(before, billing),
  errors: [{ messageId, data: { name }, suggestions: [{ messageId: 'yieldStar', data: { name }, output: inFlow(after, billing) }] }],
});

javascript.run('no-floating-effect', noFloatingEffect, {
  valid: [
    { name: 'yielded', code: inFlow("yield say('Hello.'); yield* say('Hello.');") },
    { name: 'yielded by a condition', code: inFlow("yield* call.from ? say('Hello.') : say('Who is this?');") },
    { name: 'kept and yielded later', code: inFlow("const greeting = say('Hello.'); if (call.from) yield greeting;") },
    {
      name: 'handed on',
      code: inFlow("yield* twice(say('Hello.')); const all = [say('a'), say('b')]; for (const each of all) yield each;"),
    },
    { name: 'returned by a callback', code: inFlow("yield* match(call.to).with('1', () => say('One.')).otherwise(() => say('Other.'));") },
    { name: 'collected', code: inFlow('const lines = call.lines.map((line) => say(line)); yield* lines[0];') },
    { name: 'a map', code: inFlow('const seen = new Map(); seen.set(call.id, 1);') },
    { name: 'outside a flow', code: "import { say } from '@hookswitch/dsl'; it('throws', () => { say(''); });" },
    { name: 'a function of the same name', code: inFlow("const say = (text) => text; say('Hello.');") },
    { name: 'a generator that is driven by hand', code: inFlow('const part = billing(); part.next(); billing().return();', billing) },
    { name: 'chosen and yielded', code: inFlow("let next = say('a'); if (call.from) next = say('b'); next = next; yield next;") },
    { name: 'a maker of another module', code: "import { say } from 'cowsay'; function* flow() { say('moo'); }" },
  ],
  invalid: [
    lost('say', "say('Hello.');", "yield* say('Hello.');"),
    {
      name: 'settings that are not read with yield*',
      code: inFlow('const read = line.read(); read.closed;', LINE),
      errors: [
        {
          messageId: 'effect',
          data: { name: 'line.read' },
          suggestions: [
            { messageId: 'yieldStar', data: { name: 'line.read' }, output: inFlow('const read = yield* line.read(); read.closed;', LINE) },
          ],
        },
      ],
    },
    {
      name: 'tags that are not yielded',
      code: inFlow("labels.set({ reason: 'a' });", LABELS),
      errors: [
        {
          messageId: 'effect',
          data: { name: 'labels.set' },
          suggestions: [
            { messageId: 'yieldStar', data: { name: 'labels.set' }, output: inFlow("yield* labels.set({ reason: 'a' });", LABELS) },
          ],
        },
      ],
    },
    lost('hangup', 'void hangup();', 'void (yield* hangup());'),
    lost('hangup', 'return hangup();', 'return yield* hangup();'),
    lost('say', "call.from && say('Hello.');", "call.from && (yield* say('Hello.'));"),
    lost('say', "call.from ? say('Hello.') : null;", "call.from ? yield* say('Hello.') : null;"),
    lost('confirm', "if (confirm('Sure?')) return;", "if (yield* confirm('Sure?')) return;"),
    lost('confirm', "if (!confirm('Sure?')) return;", "if (!(yield* confirm('Sure?'))) return;"),
    lost('confirm', "const x = confirm('Sure?') ? 1 : 2;", "const x = (yield* confirm('Sure?')) ? 1 : 2;"),
    lost('capture', "while (capture('Pin?') !== '1234') {}", "while ((yield* capture('Pin?')) !== '1234') {}"),
    lost('menu', "switch (menu('Press 1.', { 1: 'a' })) {}", "switch (yield* menu('Press 1.', { 1: 'a' })) {}"),
    lost('bridge', "const { outcome } = bridge('+6531589338');", "const { outcome } = yield* bridge('+6531589338');"),
    lost('capture', "const size = capture('Account?').length;", "const size = (yield* capture('Account?')).length;"),
    lost(
      'capture',
      "const pin = capture('Pin?'); if (pin === '1234') return;",
      "const pin = yield* capture('Pin?'); if (pin === '1234') return;",
    ),
    lost('capture', "let pin; pin = capture('Pin?'); if (!pin) return;", "let pin; pin = yield* capture('Pin?'); if (!pin) return;"),
    lost('billing', 'billing();', 'yield* billing();', 'subflow'),
    lost('billing', 'return billing();', 'return yield* billing();', 'subflow'),
    {
      name: 'an awaited effect',
      code: "import { defineFlow, step } from '@hookswitch/dsl'; defineFlow({}, async function* () { await step('load', load); });",
      errors: [
        {
          messageId: 'effect',
          suggestions: [
            {
              messageId: 'yieldStar',
              output:
                "import { defineFlow, step } from '@hookswitch/dsl'; defineFlow({}, async function* () { yield* step('load', load); });",
            },
          ],
        },
      ],
    },
    {
      name: 'a callback can not yield',
      code: inFlow('call.lines.forEach((line) => say(line)); call.lines.map((line) => { say(line); });'),
      errors: [
        { messageId: 'callback', data: { name: 'say' } },
        { messageId: 'callback', data: { name: 'say' } },
      ],
    },
    ...[
      ["import { say as speak } from '@hookswitch/dsl'; function* flow() { ", "speak('a'); }"],
      ["import * as hs from '@hookswitch/dsl'; function* flow() { ", "hs.say('a'); }"],
    ].map(([before, after]) => ({
      name: `known by another name: ${before}`,
      code: `${before}${after}`,
      errors: [{ messageId: 'effect', suggestions: [{ messageId: 'yieldStar', output: `${before}yield* ${after}` }] }],
    })),
  ],
});

typescript.run('no-floating-effect in TypeScript', noFloatingEffect, {
  valid: [{ name: 'kept with a type', code: inFlow("const greeting: Say = say('Hello.'); yield greeting!;") }],
  invalid: [lost('capture', "const pin = capture('Pin?') as string;", "const pin = (yield* capture('Pin?')) as string;")],
});
