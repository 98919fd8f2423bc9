import { describe, expect, it } from 'vitest';
import { maskError } from './mask-error.ts';

describe('maskError', () => {
  it('masks what an author quotes', () => {
    const error = new TypeError('no customer 12345678 for +6568888821');
    expect(maskError(error)).toMatchObject({ type: 'TypeError', message: 'no customer •••••••• for +65••••21' });
  });

  it('masks the message in the stack, and keeps the places', () => {
    const { stack } = maskError(new TypeError('PIN 1234\nPIN 5678'));
    expect(stack).toMatch(/^TypeError: PIN ••••\nPIN ••••\n/);
    expect(stack).toMatch(/mask-error\.test\.ts:\d+:\d+/);
  });

  it('a message that looks like a place is still masked', () => {
    expect(maskError(new TypeError('x\n    at PIN 1234')).stack).not.toContain('1234');
  });

  it('keeps the port and address of what the operating system says', () => {
    const error = Object.assign(new TypeError('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED', syscall: 'connect' });
    expect(maskError(error)).toMatchObject({ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:5432' });
  });

  it('masks causes and the errors of an aggregate, to a depth', () => {
    const inner = new TypeError('PIN 1234', { cause: 'pressed 5678' });
    const error = new AggregateError([inner, 'entry 4321', 7], 'both', { cause: inner });
    expect(JSON.stringify(maskError(error))).not.toMatch(/1234|5678|4321/);
    expect(maskError(error)).toMatchObject({
      cause: { message: 'PIN ••••', cause: 'pressed ••••' },
      errors: [{ type: 'TypeError' }, 'entry ••••', '[number]'],
    });
  });

  it('an error that is its own cause ends', () => {
    const error = new TypeError('round');
    error.cause = error;
    expect(JSON.stringify(maskError(error)).length).toBeGreaterThan(0);
  });
});
