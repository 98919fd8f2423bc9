import { inFlow, javascript, typescript } from './rule-tester.test-support.ts';
import { yieldStar } from './yield-star.ts';

const answer = [{ messageId: 'answer' }];
const fixed = (before: string, after: string, declarations = '') => ({
  name: before,
  code: inFlow(before, declarations),
  output: inFlow(after, declarations),
  errors: answer,
});

javascript.run('yield-star', yieldStar, {
  valid: [
    { name: 'a void effect may be yielded plainly', code: inFlow("yield say('Welcome.');") },
    { name: 'an answer that nobody uses may be yielded plainly', code: inFlow("yield capture('Press any key.');") },
    { name: 'an answer behind a condition that nobody uses', code: inFlow("call.from && (yield say('Hello.'));") },
    { name: 'void drops the answer', code: inFlow("void (yield capture('Press any key.'));") },
    { name: 'yield* is what the rule wants', code: inFlow("const digits = yield* capture('Account?');") },
    { name: 'what is no effect for certain is left to the compiler', code: inFlow("const x = yield 'text';") },
    { name: 'a constant that is no effect', code: inFlow('const x = yield five;', 'const five = 5;') },
    { name: 'generators of files without flows', code: 'function* ids() { const next = yield current(); }' },
    { name: 'a bare yield', code: inFlow('const x = yield;') },
    {
      name: 'async generators that are no flow',
      code: "import { say } from '@hookswitch/dsl'; async function* chunks() { const more = yield say('x'); }",
    },
  ],
  invalid: [
    fixed("const digits = yield capture('Account?');", "const digits = yield* capture('Account?');"),
    fixed("if ((yield confirm('Sure?')) === true) return;", "if ((yield* confirm('Sure?')) === true) return;"),
    fixed("return yield menu('Press 1.', { 1: 'a' });", "return yield* menu('Press 1.', { 1: 'a' });"),
    fixed("const { outcome } = yield bridge('+6531589338');", "const { outcome } = yield* bridge('+6531589338');"),
    fixed('const date = yield question;', 'const date = yield* question;', "const question = ask('When?');"),
    fixed("const a = call.from ? yield say('x') : null;", "const a = call.from ? yield* say('x') : null;"),
    fixed('const name = yield makeQuestion(call);', 'const name = yield* makeQuestion(call);'),
    fixed("log(`got ${yield capture('x')}`);", "log(`got ${yield* capture('x')}`);"),
    {
      name: 'a sub-flow of this file is never yielded plainly',
      code: inFlow('yield billing(call);', 'function* billing(call) { yield say(call.to); }'),
      output: inFlow('yield* billing(call);', 'function* billing(call) { yield say(call.to); }'),
      errors: [{ messageId: 'subflow', data: { name: 'billing' } }],
    },
    {
      name: 'a named sub-flow is never yielded plainly',
      code: inFlow('yield sales();', "const sales = subflow('sales', function* () { yield say('Sales.'); });"),
      output: inFlow('yield* sales();', "const sales = subflow('sales', function* () { yield say('Sales.'); });"),
      errors: [{ messageId: 'subflow', data: { name: 'sales' } }],
    },
    {
      name: 'helpers that are handed to no one count, too',
      code: "import * as hs from '@hookswitch/dsl'; export function* account() { return yield hs.capture('Account?'); }",
      output: "import * as hs from '@hookswitch/dsl'; export function* account() { return yield* hs.capture('Account?'); }",
      errors: answer,
    },
  ],
});

typescript.run('yield-star in TypeScript', yieldStar, {
  valid: [
    { name: 'types only', code: "import type { Flow } from '@hookswitch/dsl'; function* twice(part: () => Flow): Flow { yield* part(); }" },
  ],
  invalid: [
    fixed(
      "const digits: string = (yield capture('Account?')) as string;",
      "const digits: string = (yield* capture('Account?')) as string;",
    ),
    fixed("const length = (yield capture('Account?'))!.length;", "const length = (yield* capture('Account?'))!.length;"),
  ],
});
