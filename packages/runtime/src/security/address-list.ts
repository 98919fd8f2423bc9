import { BlockList, isIP } from 'node:net';
import { AddressListError } from '../errors/address-list-error.ts';

/** From where 8x8 says that its webhooks come (Asia Pacific). Source: 8x8's developer documentation, "Webhooks". */
export const PUBLISHED_ADDRESSES: readonly string[] = Object.freeze(['18.140.80.2', '52.220.253.234', '54.255.116.8', '52.74.232.241']);

/** An address that proxies write with the port of its connection, as it stands in `X-Forwarded-For`: `192.0.2.7:4711`, `[2001:db8::7]:4711`. */
const WITH_PORT = /^(?:\[([^\]]*)\]|([0-9.]+))(?::\d{1,5})?$/;
const MAPPED = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/;

/** Addresses that webhooks may come from. An addition to the shared secret, never instead of it. */
export interface AddressList {
  /** Whether `address` (IPv4, IPv6, or IPv4 written as IPv6; with or without brackets, port and zone) is on the list. */
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
      const plain = plainAddress(withoutPort(address ?? ''));
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

/** The address of a peer, without its port. */
function withoutPort(text: string): string {
  const [, inBrackets, dotted] = WITH_PORT.exec(text.trim()) ?? [];
  return inBrackets ?? dotted ?? text;
}

/** Without brackets and zone; IPv4 where it is one, however its IPv6 form is written. */
function plainAddress(address: string): string {
  const bare = address
    .trim()
    .replace(/^\[(.*)\]$/s, '$1')
    .replace(/%.*$/s, '');
  if (isIP(bare) !== 6) return bare;
  const [, high, low] = MAPPED.exec(new URL(`http://[${bare}]`).hostname) ?? [];
  if (high === undefined || low === undefined) return bare;
  const [first, second] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [first >> 8, first & 255, second >> 8, second & 255].join('.');
}

/** Names that Fastify knows for networks of proxies. */
const NETWORKS: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/**
 * `trustProxy` as Fastify takes it. A number becomes a function, because Fastify can't see whether the peer is a proxy and reads none any more; a list becomes one
 * because Fastify knows no proxy by an address with a port, as some load balancers write it.
 *
 * @throws AddressListError `HS_ADDRESS_LIST_ENTRY` where an entry is neither an address nor a network.
 */
export function proxyTrust<T>(
  trustProxy: T,
): Exclude<T, number | string | readonly string[]> | ((address: string, hop: number) => boolean) {
  if (typeof trustProxy === 'number') return (_address, hop) => hop < trustProxy;
  if (typeof trustProxy !== 'string' && !Array.isArray(trustProxy)) return trustProxy as Exclude<T, number | string | readonly string[]>;
  const entries = (typeof trustProxy === 'string' ? trustProxy.split(',') : (trustProxy as readonly string[])).map((entry) => entry.trim());
  const list = createAddressList(entries.flatMap((entry) => NETWORKS[entry] ?? [entry]));
  return (address) => list.has(address);
}
