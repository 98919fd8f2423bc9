import { BlockList, isIP } from 'node:net';
import { AddressListError } from '../errors/address-list-error.ts';

/** From where 8x8 says that its webhooks come (Asia Pacific). Source: 8x8's developer documentation, "Webhooks". */
export const PUBLISHED_ADDRESSES: readonly string[] = Object.freeze(['18.140.80.2', '52.220.253.234', '54.255.116.8', '52.74.232.241']);

/** Addresses that webhooks may come from. An addition to the shared secret, never instead of it. */
export interface AddressList {
  /** Whether `address` (IPv4, IPv6, or IPv4 written as IPv6) is on the list. */
  has(address: string | undefined): boolean;
}

/**
 * A list of addresses and networks (`10.0.0.0/8`, `2001:db8::/32`).
 *
 * @throws AddressListError `HS_ADDRESS_LIST_ENTRY` where an entry is neither, or the list is empty.
 */
export function createAddressList(entries: readonly string[] = PUBLISHED_ADDRESSES): AddressList {
  if (entries.length === 0)
    throw new AddressListError(
      'HS_ADDRESS_LIST_ENTRY',
      'Address list: it is empty, so that nobody could call. Leave it out, or name addresses.',
    );
  const list = new BlockList();
  entries.forEach((entry, index) => add(list, entry, index + 1));
  return {
    has(address) {
      const plain = plainAddress(address ?? '');
      return isIP(plain) !== 0 && list.check(plain, familyOf(plain));
    },
  };
}

/** Loopback, in every form. */
const LOOPBACK = createAddressList(['127.0.0.0/8', '::1']);

/** Whether `address` is this machine's own. */
export function isLoopback(address: string | undefined): boolean {
  // As nearly every request of this machine is written; the list takes ten times as long.
  return address === '127.0.0.1' || address === '::1' || LOOPBACK.has(address);
}

/**
 * Refuses an address list where the sender's address can't be known: with `trustProxy: true` anybody may claim any address, and without it a proxy's address is
 * all that is seen.
 *
 * @throws AddressListError `HS_ADDRESS_LIST_PROXY`.
 */
export function checkAddressListProxy(trustProxy: unknown): void {
  const known =
    (typeof trustProxy === 'number' && Number.isInteger(trustProxy) && trustProxy >= 1) ||
    (typeof trustProxy === 'string' && trustProxy.trim() !== '') ||
    (Array.isArray(trustProxy) && trustProxy.length > 0 && trustProxy.every((proxy) => typeof proxy === 'string' && proxy !== ''));
  if (known) return;
  throw new AddressListError(
    'HS_ADDRESS_LIST_PROXY',
    `Address list: it needs trustProxy to be a number of hops (from 1) or a list of proxies, got ${describe(trustProxy)}. ` +
      "Else the address that is compared is the proxy's own, or one that the sender made up. Set trustProxy, or leave the list out: the shared secret suffices.",
  );
}

function describe(value: unknown): string {
  return Array.isArray(value) ? 'a list without proxies' : typeof value === 'string' ? 'an empty text' : String(value);
}

function add(list: BlockList, entry: unknown, position: number): void {
  if (typeof entry !== 'string') throw invalid(position, typeof entry);
  const [written = '', prefix, ...rest] = entry.trim().split('/');
  const address = plainAddress(written);
  const family = familyOf(address);
  if (isIP(address) === 0 || rest.length > 0) throw invalid(position, JSON.stringify(entry));
  if (prefix === undefined) return list.addAddress(address, family);
  const longest = family === 'ipv4' ? 32 : 128;
  // An IPv4 network written as IPv6 counts its prefix from the first of 128 bits.
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) - (family === 'ipv4' && isIP(written) === 6 ? 96 : 0) : -1;
  if (bits < 0 || bits > longest) throw invalid(position, JSON.stringify(entry));
  list.addSubnet(address, bits, family);
}

function invalid(position: number, came: string): AddressListError {
  return new AddressListError(
    'HS_ADDRESS_LIST_ENTRY',
    `Address list, entry ${position}: expected an IP address or a network such as 10.0.0.0/8, got ${came}. Host names are not looked up.`,
  );
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** Without zone and brackets; IPv4 where it is one. */
function plainAddress(address: string): string {
  const bare = address
    .trim()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/s, '');
  if (isIP(bare) !== 6) return bare;
  const dotted = /^(?:0{0,4}:){2,5}:?ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(bare);
  if (dotted !== null) return dotted[1] ?? bare;
  const hex = /^(?:0{0,4}:){2,5}:?ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(bare);
  if (hex === null) return bare;
  const [high, low] = [Number.parseInt(hex[1] ?? '', 16), Number.parseInt(hex[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
