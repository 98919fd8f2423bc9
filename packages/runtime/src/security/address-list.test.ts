import { describe, expect, it } from 'vitest';
import { checkAddressListProxy, createAddressList, isLoopback, PUBLISHED_ADDRESSES } from './address-list.ts';

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
