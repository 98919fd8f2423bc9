import { readdirSync, readFileSync } from 'node:fs';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { EFFECT_MAKERS } from './hookswitch-names.ts';
import plugin from './index.ts';
import { inFlow } from './rule-tester.test-support.ts';

describe('the plugin', () => {
  it('turns on every rule in its recommended config', () => {
    const rules = Object.keys(plugin.rules ?? {}).map((name) => [`hookswitch/${name}`, 'error']);
    expect(plugin.configs.recommended.rules).toEqual(Object.fromEntries(rules));
  });

  it('finds what is wrong in a flow with the recommended config alone', () => {
    const found = new Linter().verify(inFlow("say('Hello.'); const at = Date.now(); const digits = yield capture('Account?');"), [
      plugin.configs.recommended,
    ]);
    expect(found.map((message) => message.ruleId)).toEqual([
      'hookswitch/no-floating-effect',
      'hookswitch/no-outside-world',
      'hookswitch/yield-star',
    ]);
  });

  it('mends a flow that no longer types its answers', () => {
    const { output } = new Linter().verifyAndFix(inFlow("return (yield capture('Account?')).length;"), [plugin.configs.recommended]);
    expect(output).toBe(inFlow("return (yield* capture('Account?')).length;"));
  });
});

describe('the list of makers', () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
  const exported = [...read('../index.ts').matchAll(/^export \{([^}]*)\} from '\.\/(?:effects|questions)\//gm)].flatMap(
    (match) => match[1]?.match(/\w+/g) ?? [],
  );
  const effects = ['../effects/', '../questions/'].flatMap((folder) =>
    readdirSync(new URL(folder, import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => read(`${folder}${file}`)),
  );

  it.each(EFFECT_MAKERS)('names %s, which the package exports', (name) => {
    expect(exported).toContain(name);
  });

  it('holds each function of the package that makes an effect', () => {
    const names = (pattern: RegExp) => effects.flatMap((source) => [...source.matchAll(pattern)].map((match) => match[1] ?? ''));
    const kinds = names(/^export (?:interface|type) (\w+)(?:<\w+>)? (?:extends|=) Effect\b/gm);
    const makers = names(new RegExp(`^export function (\\w+)(?:(?!\\): )[^])*\\): (?:${kinds.join('|')})\\b`, 'gm'));
    const missing = makers.filter((name) => exported.includes(name) && !EFFECT_MAKERS.includes(name));
    expect(missing).toEqual([]);
    expect(makers).toEqual(expect.arrayContaining(['say', 'capture', 'step', 'log', 'menu', 'ask']));
  });
});
