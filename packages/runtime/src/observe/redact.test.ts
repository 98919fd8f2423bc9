import { describe, expect, it } from 'vitest';
import { sample } from '../payloads/samples.test-support.ts';
import { maskLogged, maskWebhook } from './redact.ts';

const ALL = { digits: 'mask', numbers: 'mask' } as const;
const mask = (value: unknown) => maskWebhook(value, ALL);

describe('a published sample', () => {
  it('keeps all but its numbers and digits', () => {
    const { payload, ...envelope } = sample('vca-action-completed');
    expect(mask(sample('vca-action-completed'))).toEqual({
      ...envelope,
      payload: { ...payload, source: '+65••••88', destination: '+65••••88', eventData: { dtmf: '•' } },
    });
  });

  it('is as it came where nothing is to be masked', () => {
    expect(maskWebhook(sample('vss-bridge-answered'), { digits: 'keep', numbers: 'keep' })).toEqual(sample('vss-bridge-answered'));
  });

  it('keeps digits that are wanted while numbers are masked, and the other way round', () => {
    expect(maskWebhook({ dtmf: '12345678', from: '+6568888821' }, { digits: 'keep', numbers: 'mask' })).toEqual({
      dtmf: '12345678',
      from: '+65••••21',
    });
    expect(maskWebhook({ dtmf: '1234', from: '+6568888821' }, { digits: 'mask', numbers: 'keep' })).toEqual({
      dtmf: '••••',
      from: '+6568888821',
    });
  });
});

describe('what a caller said', () => {
  const heard = { eventData: { dtmf: null, asrCaptured: 'four one one one' }, asrCaptured: null };

  it('is hidden as a whole where digits are, for words have none', () => {
    expect(mask(heard)).toEqual({ eventData: { dtmf: null, asrCaptured: '[speech]' }, asrCaptured: null });
    expect(maskLogged({ webhook: heard }, 'keep')).toEqual({ webhook: mask(heard) });
  });

  it('stays where digits stay', () => {
    expect(maskWebhook(heard, { digits: 'keep', numbers: 'mask' })).toEqual(heard);
  });
});

describe('keys', () => {
  it.each([
    [{ DTMF: '1234' }, { DTMF: '••••' }],
    [{ event_data: '1234#' }, { event_data: '•••••' }],
    [{ eventData: '{"dtmf":"1234"}' }, { eventData: '{"dtmf":"••••"}' }],
    [{ eventData: { other: ['1', 2, { '34': '5' }] } }, { eventData: { other: ['•', '•', { '••': '•' }] } }],
    [{ lastDtmf: 1234 }, { lastDtmf: '••••' }],
    [{ Source: 6568888821 }, { Source: '65••••21' }],
    [{ callerMsisdn: '68888821' }, { callerMsisdn: '68••••21' }],
    [{ numbers: ['+6568888821', '12345'] }, { numbers: ['+65••••21', '••••45'] }],
    [{ from: 'sip:6568888821@host' }, { from: 'sip:65••••21@host' }],
    [
      { Authorization: 'Bearer x', 'api-key': 'y', password: null },
      { Authorization: '[secret]', 'api-key': '[secret]', password: null },
    ],
    [
      { sipCode: 486, timestamp: '2024-05-16T04:12:11.217Z', callDuration: '1200' },
      { sipCode: 486, timestamp: '2024-05-16T04:12:11.217Z', callDuration: '1200' },
    ],
    [{ sessionId: '+6568888821' }, { sessionId: '+65••••21' }],
  ])('%j becomes %j', (value, masked) => {
    expect(mask(value)).toEqual(masked);
  });
});

describe('odd places', () => {
  it.each([
    [{ note: 'caller +65 6888 8821' }, { note: 'caller +65••••21' }],
    [{ '+6568888821': true }, { '+65••••21': true }],
    [{ note: 'PIN 1234' }, { note: 'PIN ••••' }],
    [{ note: 1234 }, { note: '••••' }],
    [
      { note: 12, yes: true, nothing: null },
      { note: 12, yes: true, nothing: null },
    ],
    [{ payload: '{"dtmf":"12","source":"+6568888821"}' }, { payload: '{"dtmf":"••","source":"+65••••21"}' }],
    [{ payload: '{"dtmf":"1234",' }, { payload: '{"dtmf":"••••",' }],
    ['+6568888821', '+65••••21'],
    [['1234'], ['••••']],
  ])('%j becomes %j', (value, masked) => {
    expect(mask(value)).toEqual(masked);
  });
});

describe('hostile values', () => {
  it('depth is cut, so that the copy can be written', () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
    expect(JSON.stringify(mask(deep))).toContain('[too deep]');
  });

  it('width is cut', () => {
    expect((mask(new Array(50_000).fill(1)) as unknown[]).length).toBeLessThan(20_010);
    const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`k${index}x`, 1]));
    expect(Object.keys(mask(wide) as object).length).toBeLessThan(20_010);
  });

  it('a circle ends', () => {
    const circle: Record<string, unknown> = {};
    circle['a'] = circle['b'] = circle;
    expect(JSON.stringify(mask(circle)).length).toBeGreaterThan(0);
  });

  it('a field called __proto__ stays a field', () => {
    const masked = mask(JSON.parse('{"__proto__":{"dtmf":"1234"}}')) as object;
    expect(Object.getPrototypeOf(masked)).toBe(Object.prototype);
    expect(JSON.stringify(masked)).toBe('{"__proto__":{"dtmf":"••••"}}');
  });

  it('what JSON has not becomes what it can', () => {
    const odd = {
      at: new Date(0),
      bytes: Buffer.from('1234'),
      big: 12345678n,
      none: undefined,
      run: () => 1,
      error: new TypeError('PIN 1234'),
    };
    expect(mask(odd)).toMatchObject({
      at: '1970-01-01T00:00:00.000Z',
      bytes: '[bytes]',
      big: '••••••••',
      error: { type: 'TypeError', message: 'PIN ••••' },
    });
  });

  it('a field that throws is left unread', () => {
    expect(mask(Object.defineProperty({}, 'x', { enumerable: true, get: () => JSON.parse('{') as unknown }))).toBe('[unreadable]');
  });
});

describe('what is logged', () => {
  const log = (value: unknown) => maskLogged(value, 'mask');

  it('keeps counts, sizes, ports and addresses', () => {
    const line = { ms: 1234, bytes: 123456, port: 8080, remoteAddress: '192.168.100.200', note: 'took 1500 ms', to: 'main' };
    expect(log(line)).toEqual(line);
  });

  it('has no digits and no numbers', () => {
    expect(log({ dtmf: '1', digits: '12', from: '+6568888821', note: 'to 6591178965' })).toEqual({
      ...{ dtmf: '•', digits: '••', from: '+65••••21', note: 'to 65••••65' },
    });
  });

  it('has numbers where they are wanted, and never digits', () => {
    expect(maskLogged({ dtmf: '12', from: '+6568888821' }, 'keep')).toEqual({ dtmf: '••', from: '+6568888821' });
  });
});
