import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal } from './literal.ts';

// What is tested is source text.
const evaluate = (source: string): unknown => (0, eval)(`(${source})`) as unknown;

describe('literal', () => {
  it.each([
    ['a text', `it's "so"`, `'it\\'s "so"'`],
    ['lines', 'a\nb\\', String.raw`'a\nb\\'`],
    ['an object', { name: 'Ann', 'last-name': null }, `{ name: 'Ann', 'last-name': null }`],
    ['nested things', { list: [1, { a: true }], none: {} }, `{ list: [1, { a: true }], none: {} }`],
    ['nothing', undefined, 'undefined'],
  ])('writes %s', (_, value, source) => {
    expect(literal(value)).toBe(source);
  });

  it('breaks long things into lines', () => {
    const value = { first: 'x'.repeat(60), second: ['y'.repeat(60)] };
    expect(literal(value)).toBe(`{\n  first: '${'x'.repeat(60)}',\n  second: ['${'y'.repeat(60)}'],\n}`);
  });

  it('stands for the value that was written, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const json = JSON.stringify(value);
        expect(JSON.stringify(evaluate(literal(value)))).toBe(json);
      }),
    );
  });
});
