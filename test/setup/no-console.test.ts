import { describe, expect, it, vi } from 'vitest';
import { failIfHeard } from './heard.ts';

describe('a test that prints to the console', () => {
  it('fails, with what it printed', () => {
    console.log('left over from', 'debugging');
    console.table([1]);
    // What is asked after each test.
    expect(failIfHeard).toThrow(/printed to the console.*\nconsole\.log: left over from debugging\nconsole\.table: 1$/);
  });

  it('passes when it expects the output', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    console.warn('the number is not in the plan');
    expect(warn).toHaveBeenCalledOnce();
    expect(failIfHeard).not.toThrow();
  });
});
