import { didYouMean } from '@hookswitch/dsl';
import { StoreArgumentError } from '../../errors/store-argument-error.ts';

/** One of the servers that a connection string names. */
export interface PostgresHost {
  /** E.g. `db1.example.com:5433`, or a socket's folder; without user and password. */
  readonly name: string;
  /** The connection string that leads to it alone, as `pg` reads it. */
  readonly connectionString: string;
}

/** What a connection string says, as libpq reads it: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS */
export interface PostgresTarget {
  /** At least one, in their order. */
  readonly hosts: readonly PostgresHost[];
  /** What a session must be: `any`; `read-write`, one that accepts writes; `primary`, one of a server that is no standby. */
  readonly session: 'any' | 'read-write' | 'primary';
  /** The hosts are tried in random order. */
  readonly isRandom: boolean;
  /** Milliseconds that one host may take to be connected with; null where nothing is said. */
  readonly connectTimeout: number | null;
}

const SESSIONS = ['any', 'read-write', 'primary'] as const;
/** What libpq knows, too, and a store that writes has no use for. */
const STANDBYS = ['read-only', 'standby', 'prefer-standby'];
const BALANCING = ['disable', 'random'];
/** Everything of a URL, whose hosts may be several, or folders. */
const PARTS = /^(postgres(?:ql)?:\/\/)(?:([^/?#]*)@)?([^/?#@]*)(\/[^?#]*)?(?:\?([^#]*))?$/;
const DEFAULT_PORT = '5432';

/** Reads a connection string. Throws `StoreArgumentError`, which repeats nothing that may be a secret. */
export function readConnectionString(text: string): PostgresTarget {
  const [, scheme = '', user, authority = '', path = '', query = ''] = PARTS.exec(text.replaceAll(' ', '%20')) ?? [];
  if (scheme === '') throw wrong(NOT_A_URL);
  const given = query.split('&').filter((pair) => pair !== '');
  const valueOf = (name: string): string | null =>
    decoded(given.findLast((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? null);
  const session = sessionOf(valueOf('target_session_attrs'));
  const balancing = valueOf('load_balance_hosts') ?? 'disable';
  if (!BALANCING.includes(balancing)) throw wrong(unknownValue('load_balance_hosts', balancing, BALANCING));
  const places = placesOf(authority, valueOf('host'), valueOf('port'));
  const isPlain = places.length === 1;
  const rest = given.filter(
    (pair) => !/^(target_session_attrs|load_balance_hosts|connect_timeout)=/.test(pair) && (isPlain || !/^(host|port)=/.test(pair)),
  );
  const before = `${scheme}${user === undefined ? '' : `${user}@`}`;
  const after = `${path}${rest.length === 0 ? '' : `?${rest.join('&')}`}`;
  const hosts = places.map(({ host, port, written }) => ({
    name: host.startsWith('/') || port === null ? host : `${host}:${port}`,
    connectionString: `${before}${isPlain ? authority : written}${after}`,
  }));
  for (const { connectionString } of hosts) demandUrl(connectionString);
  return { hosts, session, isRandom: balancing === 'random', connectTimeout: timeoutOf(valueOf('connect_timeout')) };
}

/** Hosts and database of a connection string, without user, password and parameters; null where it can't be read, or may hold a secret where none belongs. */
export function describePostgres(text: string): string | null {
  try {
    const path = PARTS.exec(text.replaceAll(' ', '%20'))?.[4] ?? '';
    // A password with a slash looks like this.
    if (path.includes('@')) return null;
    return `postgres://${readConnectionString(text)
      .hosts.map(({ name }) => name)
      .join(',')}${path}`;
  } catch {
    return null;
  }
}

const NOT_A_URL = 'is not a URL. Write special characters of user and password percent-encoded, e.g. %40 for @.';

interface Place {
  /** Decoded. */
  readonly host: string;
  readonly port: string | null;
  /** As it stands in a URL for it alone. */
  readonly written: string;
}

/** The hosts with their ports: `h1:5432,h2:5433`, or `?host=h1,h2&port=5432,5433`, where one port is for all. */
function placesOf(authority: string, hostList: string | null, portList: string | null): readonly Place[] {
  const stated = portList === null ? [] : portList.split(',');
  const parts =
    hostList !== null && hostList !== '' ? hostList.split(',').map((host) => [host, null] as const) : authority.split(',').map(splitPort);
  if (parts.length > 1 && stated.length > 1 && stated.length !== parts.length)
    throw wrong(`names ${parts.length} hosts and ${stated.length} ports. Give one port for all, or one for each host.`);
  return parts.map(([text, own], index) => {
    const host = decoded(text) ?? '';
    if (host === '' && parts.length > 1) throw wrong('has a comma with no host beside it. Write the hosts as host1:5432,host2:5432.');
    const port = own ?? (stated.length > 1 ? stated[index] : stated[0]) ?? null;
    if (port !== null && port !== '' && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535))
      throw wrong(
        'has a port that is no number in 1..65535. Write special characters of user and password percent-encoded, e.g. %2F for a slash.',
      );
    const shown = host.replace(/^\[(.*)\]$/, '$1');
    const isAddress = shown.includes(':');
    const written = `${isAddress ? `[${shown}]` : encodeURIComponent(shown)}:${port === null || port === '' ? DEFAULT_PORT : port}`;
    return { host: isAddress ? `[${shown}]` : shown, port: port === '' ? null : port, written };
  });
}

/** `host`, `host:port`, `[::1]`, `[::1]:port`. */
function splitPort(part: string): readonly [string, string | null] {
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(part) ?? [];
  if (host === '' && part.includes(':')) throw wrong("has a host that can't be read. An IPv6 address stands in brackets: [::1]:5432.");
  return [host, port ?? null];
}

function sessionOf(value: string | null): PostgresTarget['session'] {
  if (value === null || value === '') return 'any';
  const known = SESSIONS.find((one) => one === value);
  if (known !== undefined) return known;
  if (STANDBYS.includes(value))
    throw wrong(`asks for target_session_attrs=${value}, and a store has to write. Take read-write or primary.`);
  throw wrong(unknownValue('target_session_attrs', value, SESSIONS));
}

function unknownValue(name: string, value: string, known: readonly string[]): string {
  // Whatever else stands there may be a secret that has slipped.
  const said = /^[\w-]{1,20}$/.test(value) ? `${name}=${value}` : `a ${name}`;
  return `has ${said}, which is not known. ${didYouMean(value, known)}It is one of ${known.join(', ')}.`;
}

/** Seconds; libpq takes 0 and less for "as long as it takes". */
function timeoutOf(value: string | null): number | null {
  if (value === null || value === '') return null;
  if (!/^-?\d{1,6}$/.test(value)) throw wrong('has a connect_timeout that is no number of seconds.');
  return Number(value) <= 0 ? null : Number(value) * 1_000;
}

function decoded(text: string | null): string | null {
  if (text === null) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong('has a % that begins no percent-encoding. Write %25 for %.');
  }
}

function demandUrl(text: string): void {
  // A socket's folder may stand in place of the host.
  if (!URL.canParse(text.replace('@/', '@socket/'))) throw wrong(NOT_A_URL);
}

function wrong(problem: string): StoreArgumentError {
  return new StoreArgumentError('createPostgresStore.connectionString', problem);
}
