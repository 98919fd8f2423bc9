import { test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { HOSTILE_VALUES, hostileValue } from '../../../../test/support/hostile-values.ts';
import { performStep } from '../generator/perform-step.ts';
import { step } from '../effects/step.ts';
import { isHookswitchError } from './hookswitch-error.ts';
import { readError } from './read-error.ts';
import { readable, UnreadableError } from './unreadable-error.ts';

const CONTEXT = { signal: new AbortController().signal, idempotencyKey: 'call:0', attempt: 1 };

describe('what can be read of whatever was thrown', () => {
  it.each([
    [new TypeError('boom'), { name: 'TypeError', message: 'boom' }],
    ['boom', { name: 'Error', message: 'boom' }],
    [7, { name: 'Error', message: 'a thrown number' }],
    [undefined, { name: 'Error', message: 'a thrown undefined' }],
    [{ code: 1 }, { name: 'Error', message: 'a thrown object' }],
    [
      { name: 'FetchError', message: 'reset' },
      { name: 'FetchError', message: 'reset' },
    ],
    [Object.assign(new Error('x'), { message: { status: 500 } }), { name: 'Error', message: '{"status":500}' }],
    [Object.assign(new Error('x'), { message: 10n, name: Symbol('odd') }), { name: 'Symbol(odd)', message: '10' }],
    [HOSTILE_VALUES['an error whose message is a ring']?.(), { name: 'Error', message: 'an error whose message is no text' }],
    [HOSTILE_VALUES['an error whose message can not be read']?.(), { name: 'Error', message: 'an error whose message can not be read' }],
  ])('is a name and a message: %#', (thrown, expected) => {
    expect(readError(thrown)).toEqual(expected);
  });

  test.prop([hostileValue])('is two texts of limited length, for any value', (make) => {
    const { name, message } = readError(make());
    expect([typeof name, typeof message]).toEqual(['string', 'string']);
    expect(name.length <= 200 && message.length <= 10_000).toBe(true);
    expect(isHookswitchError(make())).toBe(false);
  });

  test.prop([hostileValue])('is handed on as it is where any code can look at it, else an UnreadableError stands for it', (make) => {
    const error = readable(make());
    expect(() => [error instanceof Error, (error as Error | null)?.message]).not.toThrow();
    if (error instanceof UnreadableError) expect(error.message).toContain('can not be read');
  });
});

describe('a step that gives or throws anything at all', () => {
  test.prop([hostileValue])('comes to a result or to a failure, which JSON can hold', async (make) => {
    const given = await performStep(
      step('odd', () => make()),
      CONTEXT,
    );
    const thrown = await performStep(
      step('odd', () => Promise.reject(make() as Error)),
      CONTEXT,
    );
    expect(thrown.ok).toBe(false);
    expect(JSON.parse(JSON.stringify([given, thrown]))).toHaveLength(2);
  });
});
