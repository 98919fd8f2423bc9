import { afterEach, beforeEach, vi } from 'vitest';
import { failIfHeard, forget, hear } from './heard.ts';

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'table', 'dir'] as const;

// A test that expects output takes the method over with `vi.spyOn(console, 'warn').mockImplementation(…)`: then it never arrives here.
beforeEach(() => {
  forget();
  for (const method of METHODS) {
    vi.spyOn(console, method).mockImplementation((...args: unknown[]) => hear(`console.${method}: ${args.map(String).join(' ')}`));
  }
});

afterEach(failIfHeard);
