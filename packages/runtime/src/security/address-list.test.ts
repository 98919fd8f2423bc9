import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAddressListProxy, createAddressList, isLoopback, proxyTrust, PUBLISHED_ADDRESSES } from './address-list.ts';

describe('the published addresses', () => {
  const list = createAddressList();

  it.each(PUBLISHED_ADDRESSES)('%s is on the list, also written as IPv6', (address) => {
    expect(list.has(address)).toBe(true);
    expect(list.has(`::ffff:${address}`)).toBe(true);
    expect(list.has(`::FFFF:${address}`)).toBe(true);
    expect(list.has(`0:0:0:0:0:ffff:${address}`)).toBe(true);
  });

  it('the hexadecimal form is the same address', () => {
    expect(list.has('::ffff:128c:5002')).toBe(true);
    expect(list.has('::ffff:128c:5003')).toBe(false);
  });

  it.each([
    undefined,
    '',
    '18.140.80.3',
    '::ffff:18.140.80.3',
    '::1',
    '18.140.80',
    'localhost',
    '018.140.80.2',
    '18.140.80.2, 1.2.3.4',
    '::18.140.80.2',
  ])('%j is not', (address) => {
    expect(list.has(address)).toBe(false);
  });
});

describe('entries', () => {
  it.each([
    ['10.0.0.0/8', '10.255.1.2', '11.0.0.1'],
    ['10.0.0.5/8', '10.255.1.2', '11.0.0.1'],
    ['192.168.1.7', '192.168.1.7', '192.168.1.8'],
    ['2001:db8::/32', '2001:db8:1::2', '2001:db9::1'],
    ['2001:db8::7', '2001:0DB8:0:0:0:0:0:7', '2001:db8::8'],
    ['::ffff:10.0.0.0/104', '10.255.1.2', '11.0.0.1'],
    ['fe80::1', 'fe80::1%eth0', 'fe80::2'],
    [' [::1] ', '::1', '::2'],
    ['0.0.0.0/0', '203.0.113.9', '::2'],
  ])('%s has %s and not %s', (entry, inside, outside) => {
    const list = createAddressList([entry]);
    expect([list.has(inside), list.has(outside)]).toEqual([true, false]);
  });

  it.each([
    '',
    'example.com',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    '10.0.0.0/a',
    '::1/129',
    '::ffff:10.0.0.0/80',
    '256.1.1.1',
    7,
  ])('%j is no entry', (entry) => {
    expect(() => createAddressList(['10.0.0.1', entry as string])).toThrow(expect.objectContaining({ code: 'HS_ADDRESS_LIST_ENTRY' }));
  });

  it('an empty list is refused: nobody could call', () => {
    expect(() => createAddressList([])).toThrow(expect.objectContaining({ code: 'HS_ADDRESS_LIST_ENTRY' }));
  });
});

describe('loopback', () => {
  it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1', '0:0:0:0:0:0:0:1'])('%s is', (address) => {
    expect(isLoopback(address)).toBe(true);
  });

  it.each([undefined, '', '10.0.0.1', '::2', 'localhost'])('%j is not', (address) => {
    expect(isLoopback(address)).toBe(false);
  });
});

describe('trustProxy', () => {
  it.each([1, 3, '10.0.0.1', 'loopback, 10.0.0.0/8', ['10.0.0.1']])('%j lets the sender be known', (trustProxy) => {
    expect(() => checkAddressListProxy(trustProxy)).not.toThrow();
  });

  it.each([undefined, null, true, false, 0, -1, 1.5, '', [], [''], {}, () => true])('%j does not', (trustProxy) => {
    expect(() => checkAddressListProxy(trustProxy)).toThrow(expect.objectContaining({ code: 'HS_ADDRESS_LIST_PROXY' }));
  });
});

/** An IPv4 address in every form in which servers and proxies write it. */
const forms = (ip: string): string[] => {
  const [a = 0, b = 0, c = 0, d = 0] = ip.split('.').map(Number);
  const hex = [(a << 8) | b, (c << 8) | d].map((part) => part.toString(16));
  const mapped = [
    `::ffff:${ip}`,
    `::FFFF:${ip}`,
    `0:0:0:0:0:ffff:${ip}`,
    `0000::ffff:${hex.join(':')}`,
    `::ffff:${hex.map((part) => part.padStart(4, '0')).join(':')}`,
  ];
  return [ip, ` ${ip} `, `${ip}:4711`, ...mapped, ...mapped.flatMap((form) => [`[${form}]`, `[${form}]:443`, `${form}%eth0`])];
};

describe('every form of an address', () => {
  it('is on the list exactly where the address is', () => {
    const list = createAddressList(['10.0.0.0/8', '2001:db8::/32']);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV4(),
          fc.nat(255).map((last) => `10.1.2.${last}`),
        ),
        (ip) => {
          for (const form of forms(ip)) expect([form, list.has(form)]).toEqual([form, ip.startsWith('10.')]);
        },
      ),
    );
  });

  it('of IPv6 as well, with port, brackets and zone', () => {
    const list = createAddressList(['2001:db8::/32']);
    fc.assert(
      fc.property(fc.ipV6(), fc.nat(65_535), (ip, port) => {
        const isOn = list.has(ip);
        for (const form of [`[${ip}]`, `[${ip}]:${port}`, ` ${ip}`, `${ip}%1`]) expect([form, list.has(form)]).toEqual([form, isOn]);
      }),
    );
    expect(list.has('[2001:db8::7]:4711')).toBe(true);
  });

  it('and nothing else is', () => {
    const list = createAddressList(['0.0.0.0/0', '::/0']);
    const garbage = [
      '10.0.0.1:',
      '10.0.0.1:123456',
      '10.0.0.1:a',
      '[10.0.0.1',
      '10.0.0.1]',
      '::1]:80',
      '1:2',
      '10.0.0',
      '0x7f.0.0.1',
      '10.0.0.1,10.0.0.2',
      'unknown',
      '_hidden',
    ];
    for (const text of garbage) expect([text, list.has(text)]).toEqual([text, false]);
    fc.assert(fc.property(fc.string(), (text) => typeof list.has(text) === 'boolean'));
  });

  it.each(['10.0.0.1:80', '[::1]:80'])('as an entry %s is refused: ports are not compared', (entry) => {
    expect(() => createAddressList([entry])).toThrow(expect.objectContaining({ code: 'HS_ADDRESS_LIST_ENTRY' }));
  });
});

describe('proxies that are trusted', () => {
  const trusts = (trustProxy: unknown, address: string, hop = 0): unknown => {
    const trust = proxyTrust(trustProxy);
    return typeof trust === 'function' ? (trust as (address: string, hop: number) => boolean)(address, hop) : trust;
  };

  it.each<[unknown, string, boolean]>([
    [['10.0.0.0/8'], '10.1.2.3', true],
    [['10.0.0.0/8'], '10.1.2.3:4711', true],
    ['10.0.0.1, ::1', '[::1]:443', true],
    ['loopback', '::ffff:127.0.0.1', true],
    ['uniquelocal', '192.168.1.1:80', true],
    ['uniquelocal', '203.0.113.1', false],
    [1, '203.0.113.1', true],
    [true, '203.0.113.1', true],
    [false, '127.0.0.1', false],
  ])('%j and %s: %s', (trustProxy, address, expected) => {
    expect(trusts(trustProxy, address)).toBe(expected);
  });

  it('are a number of hops, or addresses', () => {
    expect([trusts(2, '203.0.113.1', 1), trusts(2, '203.0.113.1', 2)]).toEqual([true, false]);
    expect(() => proxyTrust('proxy.example')).toThrow(expect.objectContaining({ code: 'HS_ADDRESS_LIST_ENTRY' }));
  });
});
