/**
 * `@hookswitch/console`: pages on which the calls and flows of a Hookswitch server are looked at.
 *
 * Not exported on purpose: what the pages ask for under `/console/api/`, which changes with them.
 */
export { type ConsoleOptions, hookswitchConsole } from './plugin.ts';
