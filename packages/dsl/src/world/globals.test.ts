import { execFileSync } from 'node:child_process';
import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';
import { GLOBALS } from './globals.ts';

/** What Node.js has beyond version 20, by the version that brought it. */
const NEWER = {
  22: ['Iterator', 'Navigator', 'WebSocket', 'navigator', 'EventSource'],
  24: ['AsyncDisposableStack', 'CloseEvent', 'DisposableStack', 'Float16Array', 'SuppressedError', 'URLPattern'],
  26: ['ErrorEvent', 'QuotaExceededError', 'Storage', 'Temporal', 'localStorage', 'sessionStorage'],
};

/** The globals of a process of its own, for tests bring some of theirs. */
function globalsOfNode(): readonly string[] {
  const names = 'console.log(JSON.stringify(Object.getOwnPropertyNames(globalThis)))';
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', names], { encoding: 'utf8' })) as string[];
}

/** Modules of Node.js, which `--eval` defines as globals. */
const MODULES = new Set(builtinModules);

describe('the table of globals', () => {
  it('has a decision about every global of this Node.js', () => {
    const undecided = globalsOfNode().filter((name) => !Object.hasOwn(GLOBALS, name) && !MODULES.has(name) && !name.startsWith('node:'));
    expect(undecided).toEqual([]);
  });

  it.each(Object.entries(NEWER))('has a decision about what Node.js %s brought', (_, names) => {
    expect(names.filter((name) => !Object.hasOwn(GLOBALS, name))).toEqual([]);
  });

  it('gives a reason for each decision', () => {
    expect(Object.entries(GLOBALS).filter(([, { why }]) => !/^[A-Z].+\.$/.test(why))).toEqual([]);
  });
});
