import { describe, expect, it } from 'vitest';
import { createMemoryStore } from './memory/memory-store.ts';
import { ownStoreProblem } from './own-store.ts';
import type { Store } from './store.ts';

/** A store in memory with something changed. */
const changed = (changes: Partial<Record<keyof Store, unknown>>): object =>
  Object.assign(Object.create(createMemoryStore()) as object, changes);

/** Other names than those of our own stores. */
function named(kind: unknown): object {
  const store = createMemoryStore();
  return new Proxy(store, { get: (target, name) => (name === 'kind' ? kind : Reflect.get(target, name)) as unknown });
}

describe('a store of one\u2019s own', () => {
  it('may be any object with the methods of a store', () => {
    expect(ownStoreProblem(createMemoryStore())).toBeNull();
  });

  it.each(['redis', 'our_Store-2.1', 'Magasin d\u2019appels'.replace('\u2019', ' '), '\u5b58\u50a8', 'constructor', 'x'.repeat(64)])(
    'may be named %s',
    (kind) => {
      expect(ownStoreProblem(named(kind))).toBeNull();
    },
  );

  it.each([undefined, 7, '', ' ', 'x'.repeat(65), 'red\u001b[31m', 'two\nlines', '(none)'])('is not named %j', (kind) => {
    expect(ownStoreProblem(named(kind))).toContain('must have a kind');
  });

  it('is told which methods it lacks', () => {
    expect(ownStoreProblem(changed({ put: undefined, inbox: 7 }))).toBe('is a store without put(), inbox()');
    expect(ownStoreProblem({})).toContain('must be memory, sqlite:FILE');
  });

  it('says whether several processes share it', () => {
    const store = new Proxy(createMemoryStore(), {
      get: (target, name) => (name === 'shared' ? 'no' : Reflect.get(target, name)) as unknown,
    });
    expect(ownStoreProblem(store)).toContain('true or false');
  });
});
