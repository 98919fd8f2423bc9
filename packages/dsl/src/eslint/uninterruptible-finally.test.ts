import { inFlow, javascript, typescript } from './rule-tester.test-support.ts';
import { uninterruptibleFinally } from './uninterruptible-finally.ts';

const IMPORT = 'ask, bridge, capture, confirm, defineFlow, hangup, log, menu, now, say, settings, step, subflow, tags';
/** A flow whose `finally` holds `body`. */
const cleaning = (body: string, declarations = '') => inFlow(`try { yield* menu('?', { 1: 'a' }); } finally {${body}}`, declarations);
const importing = (code: string) => code.replace(IMPORT, `${IMPORT}, uninterruptible`);
const wrapped = (body: string, declarations = '') => importing(cleaning(` yield* uninterruptible(function* () {${body}}); `, declarations));
const fixed = (body: string, messageId = 'waits', declarations = '') => ({
  name: body,
  code: cleaning(body, declarations),
  output: wrapped(body, declarations),
  errors: [{ messageId }],
});
const unfixed = (body: string, declarations = '') => ({
  name: `is left to the author: ${body}`,
  code: cleaning(body, declarations),
  output: null,
  errors: [{ messageId: 'waits' }],
});

const LABELS = "const labels = tags({ reason: ['a'] });";
const FREE = "function* free() { yield* step('free', () => 1); }";

javascript.run('uninterruptible-finally', uninterruptibleFinally, {
  valid: [
    { name: 'a wait in a block', code: wrapped(" yield* step('free', () => 1); ") },
    { name: 'a plain yield in a block', code: wrapped(" yield step('free', () => 1); ") },
    { name: 'a helper in a block', code: wrapped(' yield* free(); ', FREE) },
    { name: 'a helper that is the block', code: importing(cleaning(' yield* uninterruptible(free); ', FREE)) },
    {
      name: 'a finally in a helper that is only ever a block',
      code: importing(
        cleaning(
          ' yield* uninterruptible(free); ',
          "function* free() { try { yield* say('x'); } finally { yield* step('free', () => 1); } }",
        ),
      ),
    },
    { name: 'a finally in a block', code: wrapped(" try { yield* step('a', () => 1); } finally { yield* step('b', () => 1); } ") },
    { name: 'effects for which nothing waits', code: cleaning(" yield* say('x'); yield* log('x'); yield* now(); ") },
    { name: 'a helper that waits for nothing', code: cleaning(' yield* bye(); ', "function* bye() { yield* say('Bye.'); }") },
    {
      name: 'helpers that wait for nothing and call each other',
      code: cleaning(' yield* a(); ', 'function* a() { yield* b(); } function* b() { yield* a(); }'),
    },
    { name: 'tags of this file', code: cleaning(" yield* labels.set({ reason: 'a' }); ", LABELS) },
    { name: 'tags of another file', code: `import { labels } from './labels.ts'; ${cleaning(" yield* labels.set({ reason: 'a' }); ")}` },
    { name: 'a finally without effects', code: cleaning(' call.done = true; ') },
    { name: 'a wait in a try or catch', code: inFlow("try { yield* step('a', () => 1); } catch { yield* step('b', () => 1); }") },
    {
      name: 'a generator in a finally that is not run there',
      code: cleaning(" call.later = function* () { yield* step('a', () => 1); }; "),
    },
    { name: 'a finally of a step', code: inFlow("yield* step('a', async () => { try { await x(); } finally { await y(); } });") },
    { name: 'generators of files without flows', code: 'function* ids() { try { yield 1; } finally { yield* more(); } }' },
  ],
  invalid: [
    {
      name: 'tags that are yielded plainly',
      code: cleaning(" yield labels.set({ reason: 'a' }); ", LABELS),
      output: cleaning(" yield* labels.set({ reason: 'a' }); ", LABELS),
      errors: [{ messageId: 'plain', data: { name: 'labels.set' } }],
    },
    {
      name: 'a set that takes more',
      code: cleaning(' yield* cache.set(1, 2); '),
      output: wrapped(' yield* cache.set(1, 2); '),
      errors: [{ messageId: 'unknown' }],
    },
    fixed(" yield* step('free', () => 1); "),
    fixed(" yield step('free', () => 1); "),
    fixed(" const digits = yield* capture('Why?'); "),
    fixed(" yield* bridge('+6531589338'); "),
    fixed(" if (call.from) yield* menu('?', { 1: 'a' }); "),
    fixed(' for (const name of call.names) { if (!name) continue; yield* step(name, () => 1); break; } '),
    fixed(" again: for (;;) { yield* step('a', () => 1); break again; } "),
    fixed(" switch (call.from) { case null: yield* step('a', () => 1); break; } "),
    fixed(" try { yield* step('a', () => 1); } catch {} "),
    fixed(" yield* step('a', () => 1); yield* step('b', function () { return this; }); "),
    fixed(' yield* free(); ', 'helper', FREE),
    fixed(' yield* outer(); ', 'helper', `${FREE} function* outer() { yield* free(); }`),
    fixed(' yield* free(); ', 'helper', "const free = subflow('free', function* () { yield* step('free', () => 1); });"),
    fixed(' yield* talk(); ', 'helper', "function* talk() { yield say('A plain yield.'); }"),
    fixed(' yield* elsewhere(call); ', 'unknown'),
    fixed(' yield* free; ', 'waits', "const free = step('free', () => 1);"),
    {
      name: 'in a helper that nobody calls here',
      code: "import * as hs from '@hookswitch/dsl'; export function* rent() { try { yield* hs.capture('?'); } finally { yield* hs.step('a', () => 1); } }",
      output:
        "import * as hs from '@hookswitch/dsl'; export function* rent() { try { yield* hs.capture('?'); } finally { yield* hs.uninterruptible(function* () { yield* hs.step('a', () => 1); }); } }",
      errors: [{ messageId: 'waits' }],
    },
    {
      name: 'under the name by which the block is imported',
      code: "import { step, uninterruptible as whole } from '@hookswitch/dsl'; function* a() { try { yield* step('a', () => 1); } finally { yield* step('b', () => 1); } }",
      output:
        "import { step, uninterruptible as whole } from '@hookswitch/dsl'; function* a() { try { yield* step('a', () => 1); } finally { yield* whole(function* () { yield* step('b', () => 1); }); } }",
      errors: [{ messageId: 'waits' }],
    },
    {
      name: 'one finally in another is mended with it',
      code: cleaning(" try { yield* say('x'); } finally { yield* step('a', () => 1); } yield* step('b', () => 1); "),
      output: wrapped(" try { yield* say('x'); } finally { yield* step('a', () => 1); } yield* step('b', () => 1); "),
      errors: [{ messageId: 'waits' }],
    },
    {
      name: 'a plain yield of what waits for nothing needs a star only',
      code: cleaning(" yield say('x'); yield log('y'); "),
      output: cleaning(" yield* say('x'); yield* log('y'); "),
      errors: [{ messageId: 'plain', data: { name: 'say' } }, { messageId: 'plain' }],
    },
    {
      name: 'a plain yield of a block',
      code: importing(cleaning(' yield uninterruptible(free); ', FREE)),
      output: importing(cleaning(' yield* uninterruptible(free); ', FREE)),
      errors: [{ messageId: 'plain', data: { name: 'uninterruptible' } }],
    },
    unfixed(" yield* step('a', () => 1); return; "),
    unfixed(' yield* step(this.name, () => 1); '),
    unfixed(" yield* step('a', () => this.free()); "),
    unfixed(" yield* step('a', () => free(arguments)); "),
    unfixed(" var freed = yield* step('a', () => 1); } call.freed = freed; { "),
    {
      name: 'is left to the author: a break out of the finally',
      code: inFlow("for (;;) { try { yield* menu('?', { 1: 'a' }); } finally { yield* step('a', () => 1); break; } }"),
      output: null,
      errors: [{ messageId: 'waits' }],
    },
    {
      name: 'is left to the author: another variable of that name',
      code: cleaning(" yield* step('a', () => 1); ", 'const uninterruptible = 1;'),
      output: null,
      errors: [{ messageId: 'waits' }],
    },
  ],
});

typescript.run('uninterruptible-finally in TypeScript', uninterruptibleFinally, {
  valid: [],
  invalid: [
    {
      name: 'beside an import of types',
      code: "import { step } from '@hookswitch/dsl'; import type { Flow } from '@hookswitch/dsl'; function* a(): Flow { try { yield* step('a', () => 1); } finally { const n = (yield* step('b', () => 1)) as number; call.n = n; } }",
      output:
        "import { step, uninterruptible } from '@hookswitch/dsl'; import type { Flow } from '@hookswitch/dsl'; function* a(): Flow { try { yield* step('a', () => 1); } finally { yield* uninterruptible(function* () { const n = (yield* step('b', () => 1)) as number; call.n = n; }); } }",
      errors: [{ messageId: 'waits' }],
    },
  ],
});
