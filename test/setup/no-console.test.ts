import { describe, expect, it, vi } from 'vitest';

describe('a test that prints to the console', () => {
  it.fails('fails', () => {
    console.log('left over from debugging');
  });

  it('passes when it expects the output', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    console.warn('the number is not in the plan');
    expect(warn).toHaveBeenCalledOnce();
  });
});
