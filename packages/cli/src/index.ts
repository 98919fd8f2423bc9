/**
 * `@hookswitch/cli`: the command `hookswitch`, and what types its configuration.
 *
 * Not exported on purpose: the commands; run `hookswitch`. A server of your own is made with `@hookswitch/runtime`.
 */
export { defineConfig } from './config/define-config.ts';
export type { ConfigRoute, HookswitchConfig } from './config/define-config.ts';
