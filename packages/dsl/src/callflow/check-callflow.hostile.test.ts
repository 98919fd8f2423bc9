import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCallflow } from './check-callflow.ts';
import { PARAMETERS } from './parameters.ts';
import { CALLFLOW_RULES } from './rules.ts';

const HANGUP = { action: 'hangup' };
function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
}

const throwing = (target: object): object =>
  new Proxy(target, {
    get: () => decodeURI('%'),
    ownKeys: () => decodeURI('%') as unknown as string[],
    has: () => Boolean(decodeURI('%')),
    getOwnPropertyDescriptor: () => decodeURI('%') as unknown as PropertyDescriptor,
    getPrototypeOf: () => decodeURI('%') as unknown as object,
  });

function cycle(): unknown {
  const body: Record<string, unknown> = { callflow: [] };
  (body['callflow'] as unknown[]).push(body, body['callflow'], { action: 'say', params: body });
  return body;
}

const liar = new Proxy([HANGUP], { get: (target, key) => (key === 'length' ? 'many' : Reflect.get(target, key)) });
const prototypeKeys = JSON.parse(
  '{ "__proto__": { "callflow": [] }, "constructor": 1, "callflow": [{ "__proto__": { "action": "hangup" } }] }',
);
const inherited = { callflow: [Object.create(HANGUP)] };

const via = fc.constantFrom('vca' as const, 'api' as const);
const HOSTILE: Readonly<Record<string, unknown>> = { '☠revoked': revoked(), '☠throwing': throwing({}), '☠cycle': cycle(), '☠liar': liar };
const anything = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withObjectString: true, withSparseArray: true }),
  fc.constantFrom(...Object.keys(HOSTILE)),
);

/** Bodies of about the right shape, with `value` in all places. */
function bodies(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const names = [...new Set(Object.values(PARAMETERS).flatMap((known) => Object.keys(known)))];
  const params = fc.dictionary(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, fc.string()), value);
  const name = fc.oneof({ weight: 5, arbitrary: fc.constantFrom<unknown>(...Object.keys(PARAMETERS)) }, value);
  const action = fc.record({ action: name, params: fc.oneof(params, value) }, { requiredKeys: [] });
  const callflow = fc.oneof(fc.array(fc.oneof(action, value)), value);
  return fc.record({ clientActionId: value, callflow, validUntil: value, other: value }, { requiredKeys: ['callflow'] });
}

/** Puts hostile values in the place of their names; fast-check itself could not carry them. */
function withHostile(value: unknown): unknown {
  if (typeof value === 'string') return HOSTILE[value] ?? value;
  if (Array.isArray(value)) return value.map(withHostile);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withHostile(item)]));
}

describe('checkCallflow, whatever comes', () => {
  it.each([
    ['a revoked proxy', revoked(), ['HS_CALLFLOW_UNREADABLE']],
    ['a proxy that throws', throwing({}), ['HS_CALLFLOW_UNREADABLE']],
    ['a list that throws', { callflow: throwing([]) }, ['HS_CALLFLOW_UNREADABLE']],
    ['an action that throws, among others', { callflow: [throwing({}), HANGUP, 1] }, ['UNREADABLE', 'ACTION', 'AFTER_HANGUP']],
    ['a list that lies about its length', { callflow: liar }, ['HS_CALLFLOW_LIST']],
    ['a cycle', cycle(), ['UNKNOWN_KEY', 'ACTION', 'ACTION', 'TEXT_REQUIRED', 'VOICE_REQUIRED', 'UNKNOWN_PARAM']],
    ['prototype keys', prototypeKeys, ['UNKNOWN_KEY', 'UNKNOWN_KEY', 'UNKNOWN_KEY', 'ACTION']],
    ['an action that is inherited only', inherited, ['HS_CALLFLOW_ACTION']],
    ['a symbol', Symbol('callflow'), ['HS_CALLFLOW_BODY']],
    ['nothing', undefined, ['HS_CALLFLOW_BODY']],
  ])('names what is wrong with %s', (_, value, expected) => {
    const full = expected.map((code) => (code.startsWith('HS_') ? code : `HS_CALLFLOW_${code}`));
    expect(checkCallflow(value, { via: 'vca' }).map(({ code }) => code)).toEqual(full);
  });

  it('reads the first thousand actions of a huge list only', () => {
    const found = checkCallflow({ callflow: new Array(2 ** 32 - 1) }, { via: 'vca' });
    expect([found.length, found[0]?.code]).toEqual([1000, 'HS_CALLFLOW_TOO_LONG']);
  });

  it('reads a huge text without trouble', () => {
    const params = { text: '\n'.repeat(5_000_000), voiceProfile: 'en-US-ZiraRUS' };
    expect(checkCallflow({ callflow: [{ action: 'say', params }] }, { via: 'vca' })).toHaveLength(2);
  });

  it('survives being called without options, as untyped code can', () => {
    const untyped = checkCallflow as (value: unknown) => readonly unknown[];
    expect(untyped({ callflow: [HANGUP] })).toEqual([]);
  });

  it('never shows content: no phone number of a callflow is in a violation', () => {
    const number = '+6531589338';
    const params = { source: [number], destination: `${number} ext`, [number]: number, callRecording: number };
    const found = checkCallflow(
      { callflow: [{ action: 'makeCall', params }, { action: number }], [number]: 1, clientActionId: 6531589338 },
      { via: 'vca' },
    );
    expect(found).toHaveLength(7);
    expect(JSON.stringify(found)).not.toContain('31589338');
  });

  it('never throws, and returns nothing but known rules', () => {
    fc.assert(
      fc.property(fc.oneof(anything, bodies(anything)), via, (came, way) => {
        for (const violation of checkCallflow(withHostile(came), { via: way })) expect(CALLFLOW_RULES).toHaveProperty(violation.code);
      }),
      { numRuns: 2000 },
    );
  });

  it('judges a value as it judges what JSON makes of it', () => {
    fc.assert(
      fc.property(bodies(fc.jsonValue()), via, (came, way) => {
        expect(checkCallflow(came, { via: way })).toEqual(checkCallflow(JSON.parse(JSON.stringify(came)), { via: way }));
      }),
    );
  });
});
