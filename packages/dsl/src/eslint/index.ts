/**
 * ESLint rules for authors of flows. Flat config, ESLint 9 and later; works on JavaScript and on TypeScript, and needs no type information.
 *
 * @example
 * import hookswitch from '@hookswitch/dsl/eslint';
 * export default [hookswitch.configs.recommended];
 */
import type { ESLint, Linter } from 'eslint';
import { noFloatingEffect } from './no-floating-effect.ts';
import { noOutsideWorld } from './no-outside-world.ts';
import { noSwallowedError } from './no-swallowed-error.ts';
import { uninterruptibleFinally } from './uninterruptible-finally.ts';
import { yieldStar } from './yield-star.ts';

/** The plugin: its rules by name, and the config that turns all of them on. */
export interface HookswitchPlugin extends ESLint.Plugin {
  readonly configs: { readonly recommended: Linter.Config };
}

const base = {
  meta: { name: '@hookswitch/dsl/eslint', namespace: 'hookswitch' },
  rules: {
    'yield-star': yieldStar,
    'no-floating-effect': noFloatingEffect,
    'no-outside-world': noOutsideWorld,
    'no-swallowed-error': noSwallowedError,
    'uninterruptible-finally': uninterruptibleFinally,
  },
} satisfies ESLint.Plugin;

const recommended: Linter.Config = {
  name: 'hookswitch/recommended',
  plugins: { hookswitch: base },
  rules: {
    'hookswitch/yield-star': 'error',
    'hookswitch/no-floating-effect': 'error',
    'hookswitch/no-outside-world': 'error',
    'hookswitch/no-swallowed-error': 'error',
    'hookswitch/uninterruptible-finally': 'error',
  },
};

const plugin: HookswitchPlugin = { ...base, configs: { recommended } };

export default plugin;
