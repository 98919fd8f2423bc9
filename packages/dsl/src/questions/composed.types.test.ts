import { describe, expectTypeOf, it } from 'vitest';
import type { LocalDate, YearMonth } from '../calendar/dates.ts';
import type { Composite } from '../effects/composite.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { Flow } from '../flow/effect.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import { subflow } from '../flow/subflow.ts';
import { ask } from './ask/ask.ts';
import { confirm } from './menu/confirm.ts';
import { menu } from './menu/menu.ts';
import { amount } from './validators/amount.ts';
import { card } from './validators/card.ts';
import { custom } from './validators/custom.ts';
import { date } from './validators/date.ts';
import { digits } from './validators/digits.ts';
import { invalid } from './validators/invalid.ts';
import { numberRange } from './validators/number-range.ts';
import { phoneNumber } from './validators/phone-number.ts';
import { pin } from './validators/pin.ts';
import type { Validator } from './validators/validator.ts';

function* billing() {
  const paid = yield* confirm('Paid?');
  return paid ? ('paid' as const) : null;
}
function* agent(): Flow<number> {
  return yield* menu('Desk?', { 1: 1, 2: 2 });
}
const sales = subflow('sales', function* (keys: string) {
  return { keys, won: yield* confirm('Won?') };
});
const zone = { timeZone: 'UTC' };

describe('the type of a menu', () => {
  it('is the union of its values', () => {
    expectTypeOf(menu('?', { 1: 'billing', 2: 'agent' })).toEqualTypeOf<Composite<'billing' | 'agent'>>();
    expectTypeOf(menu('?', { 1: true, '2,3': null, '*': 7 })).toEqualTypeOf<Composite<true | null | 7>>();
    expectTypeOf(menu('?', { 1: { to: 'sales' } })).toEqualTypeOf<Composite<{ readonly to: 'sales' }>>();
  });

  it('is the union of what its branches give', () => {
    expectTypeOf(menu('?', { 1: billing, 2: agent })).toEqualTypeOf<Composite<'paid' | null | number>>();
    expectTypeOf(menu('?', { 1: sales })).toEqualTypeOf<Composite<{ keys: string; won: boolean }>>();
    expectTypeOf(menu('?', { 1: () => billing() })).toEqualTypeOf<Composite<'paid' | null>>();
  });

  it('knows the keys of an inline branch', () => {
    menu('?', {
      '1-9': function* (keys) {
        expectTypeOf(keys).toEqualTypeOf<string>();
      },
    });
  });

  it('has what happens otherwise in it', () => {
    expectTypeOf(menu('?', { 1: 'billing' }, { otherwise: 'nobody' })).toEqualTypeOf<Composite<'billing' | 'nobody'>>();
    expectTypeOf(menu('?', { 1: 'billing' }, { otherwise: null })).toEqualTypeOf<Composite<'billing' | null>>();
    expectTypeOf(menu('?', { 1: billing }, { otherwise: agent })).toEqualTypeOf<Composite<'paid' | null | number>>();
    expectTypeOf(menu('?', { 1: 'billing' }, { id: 'main', attempts: { noInput: 2 } })).toEqualTypeOf<Composite<'billing'>>();
  });

  it('refuses what is no menu', () => {
    // @ts-expect-error: a branch beside a value
    expectTypeOf(() => menu('?', { 1: billing, 2: 'agent' })).toBeFunction();
    // @ts-expect-error: an async function is no branch
    expectTypeOf(() => menu('?', { 1: async () => undefined })).toBeFunction();
    // @ts-expect-error: no such option
    expectTypeOf(() => menu('?', { 1: 'a' }, { noinput: 'Hello?' })).toBeFunction();
    // @ts-expect-error: no such event
    expectTypeOf(() => menu('?', { 1: 'a' }, { attempts: { tooShort: 1 } })).toBeFunction();
  });
});

describe('the type of a question', () => {
  it('is what its validator gives', () => {
    expectTypeOf(ask('?')).toEqualTypeOf<Composite<string>>();
    expectTypeOf(ask('?', { id: 'a', confirm: true })).toEqualTypeOf<Composite<string>>();
    expectTypeOf(ask('?', { validate: digits(8) })).toEqualTypeOf<Composite<string>>();
    expectTypeOf(ask('?', { validate: pin(4) })).toEqualTypeOf<Composite<string>>();
    expectTypeOf(ask('?', { validate: card() })).toEqualTypeOf<Composite<string>>();
    expectTypeOf(ask('?', { validate: phoneNumber() })).toEqualTypeOf<Composite<string>>();
    expectTypeOf(ask('?', { validate: numberRange(1, 12) })).toEqualTypeOf<Composite<number>>();
    expectTypeOf(ask('?', { validate: amount({ max: 9_999 }) })).toEqualTypeOf<Composite<number>>();
    expectTypeOf(ask('?', { validate: date('DDMMYYYY', zone) })).toEqualTypeOf<Composite<LocalDate>>();
    expectTypeOf(ask('?', { validate: date('MMYY', zone) })).toEqualTypeOf<Composite<YearMonth>>();
  });

  it('leaves out what a custom validator refuses', () => {
    const even = custom((entry) => (Number(entry) % 2 === 0 ? Number(entry) : invalid('Odd.')));
    expectTypeOf(ask('?', { validate: even })).toEqualTypeOf<Composite<number>>();
  });

  it('has what happens otherwise in it', () => {
    expectTypeOf(ask('?', { validate: digits(8), otherwise: null })).toEqualTypeOf<Composite<string | null>>();
    expectTypeOf(ask('?', { validate: numberRange(1, 2), otherwise: billing })).toEqualTypeOf<Composite<number | 'paid' | null>>();
  });

  it('hands the value to the words of its confirmation', () => {
    ask('?', {
      validate: numberRange(1, 12),
      confirm: {
        prompt: (value) => {
          expectTypeOf(value).toEqualTypeOf<number>();
          return `${value}?`;
        },
      },
    });
  });
});

describe('what comes later', () => {
  it('is no validator, for a promise would let every entry in', () => {
    // @ts-expect-error: an async function
    expectTypeOf(() => custom(async (pin) => pin)).toBeFunction();
    // @ts-expect-error: a promise
    expectTypeOf(() => custom((pin) => Promise.resolve(pin === '1234'))).toBeFunction();
    // @ts-expect-error: a promise, or a refusal
    expectTypeOf(() => custom((pin) => (pin === '1234' ? Promise.resolve(pin) : invalid()))).toBeFunction();
    // @ts-expect-error: a generator
    expectTypeOf(() => custom(function* () {})).toBeFunction();
    // @ts-expect-error: an async generator
    expectTypeOf(() => custom(async function* () {})).toBeFunction();
    // @ts-expect-error: nothing
    expectTypeOf(() => custom((pin) => void pin)).toBeFunction();
    // @ts-expect-error: words of a read-back that come later
    expectTypeOf(() => ask('?', { confirm: { prompt: async () => 'Right?' } })).toBeFunction();
  });

  it('is no answer', () => {
    // @ts-expect-error: a promise
    expectTypeOf(() => menu('?', { 1: 'a' }, { otherwise: Promise.resolve('b') })).toBeFunction();
    // @ts-expect-error: an async function
    expectTypeOf(() => menu('?', { 1: 'a' }, { otherwise: async () => 'b' })).toBeFunction();
    // @ts-expect-error: an async generator function
    expectTypeOf(() => ask('?', { otherwise: async function* () {} })).toBeFunction();
    // @ts-expect-error: a generator that was started already
    expectTypeOf(() => ask('?', { otherwise: billing() })).toBeFunction();
    // @ts-expect-error: a function that gives no generator
    expectTypeOf(() => confirm('?', { otherwise: () => 'b' })).toBeFunction();
  });

  it('does not trouble helpers that leave the type open', () => {
    const lookUp = <T>(table: Readonly<Record<string, T>>) => custom((entry) => table[entry] ?? invalid());
    expectTypeOf(lookUp<number>).returns.toExtend<Validator<number>>();
    const orElse = <T, W>(validate: Validator<T>, otherwise: W) => ask('?', { validate, otherwise });
    expectTypeOf(orElse<number, null>).returns.toEqualTypeOf<Composite<number | null>>();
  });
});

describe('the type of a confirmation', () => {
  it('is a boolean, and what happens otherwise', () => {
    expectTypeOf(confirm('?')).toEqualTypeOf<Composite<boolean>>();
    expectTypeOf(confirm('?', { otherwise: 'nobody' })).toEqualTypeOf<Composite<boolean | 'nobody'>>();
  });
});

describe('a composed effect in a flow', () => {
  it('is typed by yield*, and may be yielded plainly', () => {
    const flow = defineFlow({ name: 'typed', voice: 'en-US-BenjaminRUS' }, function* () {
      const topic = yield* menu('?', { 1: 'billing', 2: 'agent' });
      expectTypeOf(topic).toEqualTypeOf<'billing' | 'agent'>();
      expectTypeOf(yield* ask('?', { validate: numberRange(1, 2) })).toEqualTypeOf<number>();
      expectTypeOf(yield* confirm('?')).toEqualTypeOf<boolean>();
      yield menu('?', { 1: 'billing' });
      yield menu('?', { 1: billing });
      yield ask('?');
      const plain: unknown = yield confirm('?');
      expectTypeOf(plain).toBeUnknown();
    });
    expectTypeOf(flow).toEqualTypeOf<FlowModule<Readonly<Record<string, unknown>>, void>>();
  });

  it('is in a flow of whatever params, which all are flows to a server', () => {
    interface Params {
      readonly appointment: string;
    }
    expectTypeOf<FlowModule<Params>>().toExtend<FlowModule>();
    expectTypeOf<FlowModule>().toExtend<FlowModule<Params>>();
  });

  it('is typed in a helper without annotation', () => {
    function* helper() {
      return yield* menu('?', { 1: 'billing' }, { otherwise: 'nobody' });
    }
    expectTypeOf(helper).returns.toExtend<Flow<'billing' | 'nobody'>>();
  });
});
