import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { afterAll, describe, it } from 'vitest';

Object.assign(RuleTester, { describe, it, itOnly: it.only, afterAll });

/** Tests a rule on plain JavaScript modules. */
export const javascript = new RuleTester();

/** Tests a rule on TypeScript, without type information. */
export const typescript = new RuleTester({ languageOptions: { parser: tseslint.parser } });

/** A file that imports what it needs and whose flow has `body`. */
export function inFlow(body: string, before = ''): string {
  return [
    "import { ask, bridge, capture, confirm, defineFlow, hangup, log, menu, now, say, settings, step, subflow, tags } from '@hookswitch/dsl';",
    before,
    `export default defineFlow({ name: 'support', voice: 'en-US-ZiraRUS' }, function* (call) { ${body} });`,
  ].join('\n');
}
