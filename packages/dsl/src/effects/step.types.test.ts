import { describe, expectTypeOf, it } from 'vitest';
import type { Effect, Flow } from '../flow/effect.ts';
import { step, type Step } from './step.ts';

interface Customer {
  readonly name: string;
  readonly tags: readonly string[];
  readonly nick?: string;
  readonly address: { readonly street: string | null };
}
interface Tree {
  readonly value: number;
  readonly children: readonly Tree[];
}
declare function find(id: string): Promise<Customer | null>;
declare function get<T>(path: string): Promise<T>;
class Account {
  readonly id = 'a';
  close(): void {}
}
/** Calls that must compile or not, and are never made. */
const never = (..._calls: readonly (() => unknown)[]): void => undefined;

describe('the type of a step is that of its function:', () => {
  it('a union', () => {
    const find1 = () =>
      step('find', () => find('1'), { examples: { found: { name: 'Ann', tags: [], address: { street: null } }, missing: null } });
    expectTypeOf(find1).returns.toEqualTypeOf<Step<Customer | null>>();
    const state = () => step('state', (): 'open' | 'closed' => 'open', { examples: { open: 'open' } });
    expectTypeOf(state).returns.toEqualTypeOf<Step<'open' | 'closed'>>();
  });

  it('null, nothing, or nothing in the end', () => {
    expectTypeOf(() => step('a', () => null)).returns.toEqualTypeOf<Step<null>>();
    expectTypeOf(() => step('a', () => undefined, { examples: { done: undefined } })).returns.toEqualTypeOf<Step<undefined>>();
    expectTypeOf(() => step('a', async () => {}, { examples: { done: null } })).returns.toEqualTypeOf<Step<void>>();
  });

  it('interfaces, optional fields, lists and trees', () => {
    expectTypeOf(() => step('a', () => find('1'))).returns.toEqualTypeOf<Step<Customer | null>>();
    expectTypeOf(() => step('a', (): { left?: string } => ({}))).returns.toEqualTypeOf<Step<{ left?: string }>>();
    expectTypeOf(() => step('a', (): readonly string[] => [])).returns.toEqualTypeOf<Step<readonly string[]>>();
    expectTypeOf(() => step('a', (): [number, string] => [1, 'a'])).returns.toEqualTypeOf<Step<[number, string]>>();
    expectTypeOf(() => step('a', (): Tree => ({ value: 1, children: [] }))).returns.toEqualTypeOf<Step<Tree>>();
  });

  it('what is not known', () => {
    expectTypeOf(() => step('a', async (): Promise<unknown> => 1)).returns.toEqualTypeOf<Step<unknown>>();
    expectTypeOf(() => step('a', (): Record<string, unknown> => ({}))).returns.toEqualTypeOf<Step<Record<string, unknown>>>();
  });

  it('what a helper of the author leaves open', () => {
    const load = <T>(path: string, examples: Readonly<Record<string, T>>) => step('load', () => get<T>(path), { examples });
    expectTypeOf(load<Customer>).returns.toEqualTypeOf<Step<Customer>>();
    const orElse = <T, F>(path: string, otherwise: F) => step('load', () => get<T>(path), { onError: () => otherwise });
    expectTypeOf(orElse<Customer, null>).returns.toEqualTypeOf<Step<Customer | null>>();
    expectTypeOf(() => step('load', () => get<Customer>('/'))).returns.toEqualTypeOf<Step<Customer>>();
  });

  it('given as a type, to which all else is held', () => {
    const given = () => step<Customer | null>('a', () => find('1'), { examples: { missing: null }, onError: () => null });
    expectTypeOf(given).returns.toEqualTypeOf<Step<Customer | null>>();
  });

  it('read by yield*', () => {
    function* flow(): Flow {
      expectTypeOf(yield* step('find', async ({ signal }) => ({ late: signal.aborted }))).toEqualTypeOf<{ late: boolean }>();
    }
    expectTypeOf(flow).toBeFunction();
    expectTypeOf<Step<Customer | null>>().toExtend<Effect>();
  });
});

describe('the type of a step that has an answer to failure', () => {
  it('has that answer in it, as it is written', () => {
    expectTypeOf(() => step('a', () => find('1'), { onError: () => 'failed' })).returns.toEqualTypeOf<Step<Customer | null | 'failed'>>();
    expectTypeOf(() => step('a', () => 1, { onError: () => null })).returns.toEqualTypeOf<Step<number | null>>();
    const told = () => step('a', () => find('1'), { onError: (error) => ({ failed: error.message }) });
    expectTypeOf(told).returns.toExtend<Step<Customer | null | { readonly failed: string }>>();
  });

  it('takes it for an example', () => {
    const pay = () => step('pay', () => find('1'), { examples: { missing: null, failed: 'failed' }, onError: () => 'failed' });
    expectTypeOf(pay).returns.toEqualTypeOf<Step<Customer | null | 'failed'>>();
  });
});

it('an example that is no result does not compile', () => {
  never(
    // @ts-expect-error: a name is a text, and the rest is missing
    () => step('a', () => find('1'), { examples: { wrong: { name: 1 } } }),
    // @ts-expect-error: nothing gives this text
    () => step('a', () => find('1'), { examples: { wrong: 'failed' } }),
    // @ts-expect-error: a misspelt state
    () => step('a', (): 'open' | 'closed' => 'open', { examples: { wrong: 'opne' } }),
    // @ts-expect-error: the answer to failure is another one
    () => step('a', () => 1, { examples: { wrong: 'late' }, onError: () => 'failed' }),
  );
});

it('a result that is no JSON does not compile', () => {
  never(
    // @ts-expect-error: a date in an object
    () => step('a', () => ({ when: new Date() })),
    // @ts-expect-error: a date in a list, or none
    () => step('a', async () => (Math.random() > 1 ? [new Date()] : null)),
    // @ts-expect-error: a map
    () => step('a', async () => new Map<string, string>()),
    // @ts-expect-error: a big number
    () => step('a', () => ({ cents: 10n })),
    // @ts-expect-error: a function
    () => step('a', () => ({ close: () => 1 })),
    // @ts-expect-error: an object of a class
    () => step('a', () => new Account()),
    // @ts-expect-error: a match, which is a list with properties of its own
    () => step('a', () => /a/.exec('a')),
    // @ts-expect-error: a promise within
    () => step('a', () => ({ later: Promise.resolve(1) })),
    // @ts-expect-error: a generator, which nobody runs
    () => step('a', function* () {}),
    // @ts-expect-error: an async generator
    () => step('a', async function* () {}),
    // @ts-expect-error: the answer to failure is a date
    () => step('a', () => 1, { onError: () => new Date() }),
    // @ts-expect-error: the answer to failure comes later
    () => step('a', () => 1, { onError: async () => 2 }),
  );
});
