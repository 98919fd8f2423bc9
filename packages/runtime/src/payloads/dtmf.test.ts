import { describe, expect, it } from 'vitest';
import { MAX_KEYS, readDtmf } from './parse-webhook.ts';
import { readFields } from './values.ts';

const digitsOf = (payload: Record<string, unknown>) => readDtmf(readFields(payload)).digits;

describe('where digits may be', () => {
  it.each([
    ['under eventData', { eventData: { dtmf: '12' } }],
    ['under eventData, in other case', { EventData: { DTMF: '12' } }],
    ['as eventData itself', { eventData: '12' }],
    ['as eventData itself, a number', { eventData: 12 }],
    ['as a quoted text', { eventData: '"12"' }],
    ['in eventData as JSON text', { eventData: '{"dtmf":"12"}' }],
    ['in a list of one', { eventData: [{ dtmf: '12' }] }],
    ['beside eventData', { dtmf: '12' }],
    ['beside an empty eventData', { eventData: {}, dtmf: '12' }],
    ['beside an eventData that is null', { eventData: null, dtmf: '12' }],
    ['beside another text', { eventData: 'TIMEOUT', dtmf: '12' }],
    ['as a list of keys', { eventData: { dtmf: ['1', 2] } }],
    ['as a number', { eventData: { dtmf: 12 } }],
    ['with spaces', { eventData: { dtmf: ' 1 2 ' } }],
  ])('%s', (_where, payload) => {
    expect(digitsOf(payload)).toBe('12');
  });
});

describe('what digits mean', () => {
  it.each([
    ['1#', '1'],
    ['1##', '1#'],
    ['#1', '#1'],
    ['*#', '*'],
    ['007', '007'],
    ['12ab', '12AB'],
    ['', ''],
    ['#', ''],
    [0, '0'],
    [null, null],
    [undefined, null],
    ['null', null],
    ['NONE', null],
    [[], null],
  ])('%j is %j', (dtmf, digits) => {
    expect(readDtmf(readFields({ eventData: { dtmf } }))).toEqual({ digits, problem: null });
  });

  it.each(['one', '1;2', '１', '+1', '1\u00002', -1, 1.5, 1e300, Number.NaN, true, {}, [{}], [[1]], ['12']])(
    '%j is no keys of a phone',
    (dtmf) => {
      expect(readDtmf(readFields({ eventData: { dtmf } }))).toEqual({ digits: null, problem: 'not-dtmf' });
    },
  );

  it.each([undefined, null, {}, [], 'TIMEOUT', 'DEAD', true, '{"dtmf":', '{}', '{"dtmf":null}'])(
    'eventData %j says that nothing was pressed',
    (eventData) => {
      expect(digitsOf({ eventData })).toBeNull();
    },
  );
});

describe('too many keys', () => {
  it.each([MAX_KEYS + 1, MAX_KEYS * 5, 1_000_000])('%i are cut and say so', (length) => {
    expect(readDtmf(readFields({ eventData: { dtmf: '1'.repeat(length) } }))).toEqual({
      digits: '1'.repeat(MAX_KEYS),
      problem: 'too-long',
    });
  });

  it('a list of them is cut too', () => {
    expect(readDtmf(readFields({ dtmf: new Array(100_000).fill('1') }))).toMatchObject({ problem: 'too-long' });
  });

  it('as many as are read are right', () => {
    expect(readDtmf(readFields({ dtmf: '1'.repeat(MAX_KEYS) }))).toEqual({ digits: '1'.repeat(MAX_KEYS), problem: null });
  });
});
