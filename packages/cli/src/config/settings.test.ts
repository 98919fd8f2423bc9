import { readFileSync } from 'node:fs';
import { DEFAULT_SETTINGS, HOOK_NAMES, SESSION_KEYS } from '@hookswitch/runtime/inside';
import { describe, expect, it } from 'vitest';
import { SETTING_LIST, SETTINGS } from './settings.ts';

const whole = readFileSync(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8');
/** The fields that `onEnd` is told are compared in `api/document.test.ts`. */
const page = whole.replace(/^What `onEnd` is told:[\s\S]*?(?=^## )/m, '');
const rows = page.split('\n').filter((line) => line.startsWith('| `'));
const code = (text: string): string => `\`${text}\``;

describe('docs/configuration.md', () => {
  it('lists every setting as the code has it', () => {
    const expected = SETTING_LIST.map(([name, setting]) => {
      const { env = [], flag } = setting;
      const standard = setting.default === undefined ? '–' : code(String(setting.default));
      const ways = [...env, ...(flag === undefined ? [] : [flag])].map(code).join(', ') || '–';
      return `| ${code(name)} | ${ways} | ${standard} | ${setting.describe} |`;
    });
    expect(rows.slice(0, expected.length)).toEqual(expected);
  });

  it('lists every key of sessions with its default', () => {
    const expected = SESSION_KEYS.map((key) => `| ${code(key)} | ${code(JSON.stringify(DEFAULT_SETTINGS[key as 'budget']))} |`);
    expect(expected.filter((row) => !rows.some((line) => line.startsWith(row)))).toEqual([]);
  });

  it('lists every hook', () => {
    expect(HOOK_NAMES.filter((name) => !rows.some((line) => line.startsWith(`| ${code(name)} |`)))).toEqual([]);
  });

  it('lists nothing else', () => {
    expect(rows).toHaveLength(SETTING_LIST.length + SESSION_KEYS.length + HOOK_NAMES.length);
  });
});

describe('SETTINGS', () => {
  it('states the defaults that sessions have', () => {
    expect(SETTINGS.delivery.default).toBe(DEFAULT_SETTINGS.delivery);
    expect(SETTINGS.retentionDays.default * 86_400_000).toBe(DEFAULT_SETTINGS.retention);
  });

  it('gives each variable to one setting', () => {
    const variables = SETTING_LIST.flatMap(([, { env = [] }]) => env);
    expect(new Set(variables).size).toBe(variables.length);
  });
});
