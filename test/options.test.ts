import type { OptionSet, Schema } from '@hookswitch/dsl/options';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  HOOKS,
  HOOKSWITCH_OPTIONS,
  type Hooks,
  type HookswitchOptions,
  SUBACCOUNT,
  type SubAccountOptions,
} from '../packages/runtime/src/assembly/options.ts';
import { FALLBACK, SESSION_OPTIONS } from '../packages/runtime/src/assembly/session-options.ts';
import type { Fallback, SessionSettings } from '../packages/runtime/src/calls/settings.ts';
import { type Disagreement, documentedDefaults } from './support/option-sets.ts';

/** Every set of options: its schema, and the interface that users see. */
const SETS: readonly (readonly [string, string, OptionSet<Readonly<Record<string, Schema>>, string>])[] = [
  ['HookswitchOptions', 'runtime/src/assembly/options.ts', HOOKSWITCH_OPTIONS],
  ['Hooks', 'runtime/src/assembly/options.ts', HOOKS],
  ['SubAccountOptions', 'runtime/src/assembly/options.ts', SUBACCOUNT],
  ['SessionSettings', 'runtime/src/calls/settings.ts', SESSION_OPTIONS],
  ['Fallback', 'runtime/src/calls/settings.ts', FALLBACK],
];

/** Sets whose defaults stand in docs/configuration.md instead. */
const ELSEWHERE = ['SessionSettings', 'Fallback'];

/** A default as docstrings write it. */
const written = (standard: unknown): string => (typeof standard === 'string' ? `'${standard}'` : JSON.stringify(standard));

describe.each(SETS)('%s', (name, file, { properties }) => {
  const documented = documentedDefaults(file, name);

  it('has the keys of its schema, in the same order', () => {
    expect(Object.keys(documented)).toEqual(Object.keys(properties));
  });

  it('documents the defaults of its schema', () => {
    const wrong = Object.entries(properties).filter(([key, option]) => {
      const said = documented[key] ?? null;
      if (option.default === undefined) return said !== null && /^('|\d|true\b|false\b|\[|\{)/.test(said);
      return said === null ? !ELSEWHERE.includes(name) : !said.startsWith(written(option.default));
    });
    expect(wrong.map(([key, option]) => `${key}: ${documented[key] ?? 'nothing'}, not ${written(option.default)}`)).toEqual([]);
  });
});

it('types of options are what their schemas say', () => {
  expectTypeOf<Disagreement<typeof HOOKSWITCH_OPTIONS, HookswitchOptions>>().toBeNever();
  expectTypeOf<Disagreement<typeof HOOKS, Hooks>>().toBeNever();
  expectTypeOf<Disagreement<typeof SUBACCOUNT, SubAccountOptions>>().toBeNever();
  expectTypeOf<Disagreement<typeof SESSION_OPTIONS, Partial<SessionSettings>>>().toBeNever();
  expectTypeOf<Disagreement<typeof FALLBACK, Fallback>>().toBeNever();
});
