import { fc } from '@fast-check/vitest';

/** Throws whatever is done to it. */
function refuses(thrown: unknown): object {
  const refuse = (): never => {
    throw thrown;
  };
  return new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse, getOwnPropertyDescriptor: refuse });
}

function ring(): object {
  const self: Record<string, unknown> = { name: 'ring' };
  return Object.assign(self, { self });
}

function loopOfCauses(): Error {
  const error = new Error('loop');
  error.cause = error;
  return error;
}

/** Another value each time that it is read. */
function changing(): object {
  let reads = 0;
  return Object.defineProperty({}, 'value', { enumerable: true, get: () => (++reads % 2 === 1 ? 1 : 1n) });
}

function withProperty(key: string, value: unknown): Error {
  return Object.defineProperty(new Error('boom'), key, { value, enumerable: true, configurable: true });
}

function withGetter(key: string): Error {
  const get = (): never => {
    throw new TypeError('not to be read');
  };
  return Object.defineProperty(new Error('boom'), key, { get, enumerable: true, configurable: true });
}

/** Values with which authors' code has surprised others: circular, changing, of no prototype, of odd types, throwing when they are looked at, very long, very deep. */
export const HOSTILE_VALUES: Readonly<Record<string, () => unknown>> = {
  nothing: () => undefined,
  null: () => null,
  bigint: () => 10n,
  symbol: () => Symbol('odd'),
  NaN: () => NaN,
  'a function': () => () => 1,
  'a ring': ring,
  'a list in itself': () => {
    const list: unknown[] = [];
    list.push(list);
    return list;
  },
  'no prototype': () => Object.assign(Object.create(null) as object, { message: 'bare' }),
  'a getter that throws': () => ({
    get value(): string {
      throw new TypeError('not to be read');
    },
  }),
  'a getter that changes': changing,
  'toJSON that throws': () => ({
    toJSON() {
      throw new TypeError('no JSON');
    },
  }),
  'a proxy that refuses': () => refuses(new TypeError('refused')),
  'a proxy that refuses with itself': () => {
    const inner: unknown = refuses(new TypeError('inner'));
    return refuses(inner);
  },
  'a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  'a very long text': () => 'x'.repeat(300_000),
  'a deep list': () => {
    let deep: unknown = 1;
    for (let n = 0; n < 20_000; n++) deep = [deep];
    return deep;
  },
  'a lone surrogate': () => '\ud83d and \u0000',
  'a date': () => new Date(NaN),
  'a plain error': () => new Error('boom'),
  'an error of loops': loopOfCauses,
  'an error of errors': () => new AggregateError([loopOfCauses(), refuses(new TypeError('inner'))], 'several'),
  'an error with a very long message': () => new Error('x'.repeat(300_000)),
  ...Object.fromEntries(
    ['name', 'message', 'stack', 'cause', 'code'].flatMap((key) => [
      [`an error whose ${key} is a ring`, () => withProperty(key, ring())],
      [`an error whose ${key} is a bigint`, () => withProperty(key, 10n)],
      [`an error whose ${key} is a symbol`, () => withProperty(key, Symbol('odd'))],
      [`an error whose ${key} refuses`, () => withProperty(key, refuses(new TypeError('inner')))],
      [`an error whose ${key} can not be read`, () => withGetter(key)],
    ]),
  ),
};

/** Makes a hostile value, or any other of any shape; a new one each time it is called. */
export const hostileValue: fc.Arbitrary<() => unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...Object.values(HOSTILE_VALUES)) },
  {
    weight: 1,
    arbitrary: fc
      .anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSet: true, withSparseArray: true })
      .map((value) => () => value),
  },
);
