import { readFileSync } from 'node:fs';
import { HOOKS } from '@hookswitch/runtime/inside';
import { describe, expect, it } from 'vitest';
import { type Setting, SETTING_LIST, SETTINGS } from './settings.ts';

const whole = readFileSync(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8');
/** The fields that `onEnd` is told are compared in `api/document.test.ts`. */
const page = whole.replace(/^What `onEnd` is told:[\s\S]*?(?=^## )/m, '');
const rows = page.split('\n').filter((line) => line.startsWith('| `'));
/** What the file may set of sessions. */
const SESSIONS: readonly (readonly [string, Setting])[] = Object.entries(SETTINGS.sessions.properties);
const HOOK_NAMES = Object.keys(HOOKS.properties);
const code = (text: string): string => `\`${text}\``;

describe('docs/configuration.md', () => {
  it('lists every setting as the code has it', () => {
    const expected = SETTING_LIST.map(([name, setting]) => {
      const { 'x-env': env = [], 'x-flag': flag } = setting;
      const standard = setting.default === undefined ? '–' : code(String(setting.default));
      const ways = [...env, ...(flag === undefined ? [] : [flag])].map(code).join(', ') || '–';
      return `| ${code(name)} | ${ways} | ${standard} | ${setting.description} |`;
    });
    expect(rows.slice(0, expected.length)).toEqual(expected);
  });

  it('lists every key of sessions as the code has it', () => {
    const expected = SESSIONS.map(([key, option]) => `| ${code(key)} | ${code(JSON.stringify(option.default))} | ${option.description} |`);
    expect(expected.filter((row) => !rows.includes(row))).toEqual([]);
  });

  it('lists every hook', () => {
    expect(HOOK_NAMES.filter((name) => !rows.some((line) => line.startsWith(`| ${code(name)} |`)))).toEqual([]);
  });

  it('lists nothing else', () => {
    expect(rows).toHaveLength(SETTING_LIST.length + SESSIONS.length + HOOK_NAMES.length);
  });
});

describe('SETTINGS', () => {
  it('gives each variable to one setting', () => {
    const variables = SETTING_LIST.flatMap(([, { 'x-env': env = [] }]) => env);
    expect(new Set(variables).size).toBe(variables.length);
  });
});
