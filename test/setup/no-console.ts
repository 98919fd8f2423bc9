import { afterEach, beforeEach, vi } from 'vitest';

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'table', 'dir'] as const;

const heard: string[] = [];

// A test that expects output takes the method over with `vi.spyOn(console, 'warn').mockImplementation(…)`: then it never arrives here.
beforeEach(() => {
  heard.length = 0;
  for (const method of METHODS) {
    vi.spyOn(console, method).mockImplementation((...args: unknown[]) => {
      heard.push(`console.${method}: ${args.map(String).join(' ')}`);
    });
  }
});

afterEach(() => {
  const unexpected = heard.splice(0);
  if (unexpected.length > 0)
    throw new Error(`This test printed to the console; expect the output or silence its cause:\n${unexpected.join('\n')}`);
});
