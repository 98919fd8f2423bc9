import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { readConnectionString } from './connection-string.ts';

/** The places that `pg` would connect to. */
function placesOf(text: string): string[] {
  return readConnectionString(text).hosts.map(({ connectionString }) => {
    const { user, password, host, port, database } = new pg.Client(connectionString);
    return `${user}/${password ?? ''} ${host}:${port} ${database}`;
  });
}

describe('a connection string', () => {
  it.each([
    ['one host', 'postgres://u:p@h:5433/db', ['u/p h:5433 db']],
    ['one host without a port', 'postgresql://u:p@h/db', ['u/p h:5432 db']],
    ['several hosts with their ports', 'postgres://u:p@h1:5432,h2:5433/db', ['u/p h1:5432 db', 'u/p h2:5433 db']],
    ['ports that are left out', 'postgres://u:p@h1,h2:6432,h3/db', ['u/p h1:5432 db', 'u/p h2:6432 db', 'u/p h3:5432 db']],
    ['one port for all', 'postgres://u:p@h1,h2/db?port=6432', ['u/p h1:6432 db', 'u/p h2:6432 db']],
    ['hosts and ports as parameters', 'postgres://u:p@/db?host=h1,h2&port=1,2', ['u/p h1:1 db', 'u/p h2:2 db']],
    ['percent-encoding', 'postgres://us%40er:p%2Fw%2C%40@h%2D1,h2/my%20db', ['us@er/p/w,@ h-1:5432 my db', 'us@er/p/w,@ h2:5432 my db']],
    ['a password with an @', 'postgres://u:p@ss@h1,h2/db', ['u/p@ss h1:5432 db', 'u/p@ss h2:5432 db']],
    ['IPv6', 'postgres://u:p@[::1]:5433,[fe80::2]/db', ['u/p ::1:5433 db', 'u/p fe80::2:5432 db']],
    ["sockets' folders", 'postgres://u:p@%2Fvar%2Frun,%2Ftmp:6000/db', ['u/p /var/run:5432 db', 'u/p /tmp:6000 db']],
    ["a socket's folder as a parameter", 'postgres://u:p@/db?host=/var/run/postgresql', ['u/p /var/run/postgresql:5432 db']],
  ])('has %s', (_what, text, places) => {
    expect(placesOf(text)).toEqual(places);
  });

  it.each([
    ['nothing', '', { session: 'any', isRandom: false, connectTimeout: null }],
    ['a session that is read-write', '?target_session_attrs=read-write', { session: 'read-write' }],
    ['the primary', '?sslmode=disable&target_session_attrs=primary', { session: 'primary' }],
    ['any session', '?target_session_attrs=any&load_balance_hosts=disable', { session: 'any', isRandom: false }],
    ['hosts by chance', '?load_balance_hosts=random', { isRandom: true }],
    ['seconds for each host', '?connect_timeout=3', { connectTimeout: 3_000 }],
    ['no limit of time', '?connect_timeout=0', { connectTimeout: null }],
  ])('asks for %s', (_what, query, expected) => {
    expect(readConnectionString(`postgres://h1,h2/db${query}`)).toMatchObject(expected);
  });

  it('keeps the parameters that are for pg, and takes out its own', () => {
    const { hosts } = readConnectionString('postgres://h1,h2/db?target_session_attrs=primary&application_name=ivr&connect_timeout=2');
    expect(hosts.map(({ connectionString }) => connectionString)).toEqual([
      'postgres://h1:5432/db?application_name=ivr',
      'postgres://h2:5432/db?application_name=ivr',
    ]);
  });

  it('names its hosts without user and password', () => {
    expect(readConnectionString('postgres://u:p@h1:1,h2/db').hosts.map(({ name }) => name)).toEqual(['h1:1', 'h2']);
  });

  it.each([
    ['another kind of session', 'h1,h2/db?target_session_attrs=master', 'target_session_attrs=master, which is not known'],
    ['a misspelt one', 'h1,h2/db?target_session_attrs=readwrite', 'Did you mean "read-write"?'],
    ['a standby', 'h1,h2/db?target_session_attrs=prefer-standby', 'a store has to write. Take read-write or primary.'],
    ['another way to balance', 'h1,h2/db?load_balance_hosts=yes', 'It is one of disable, random.'],
    ['a secret in place of a value', 'h1/db?target_session_attrs=S3CRET!S3CRET', 'has a target_session_attrs, which is not known'],
    ['words for seconds', 'h1/db?connect_timeout=S3CRET', 'no number of seconds'],
    ['a host that is missing', 'h1,,h2/db', 'a comma with no host beside it'],
    ['a port that is none', 'h1:S3CRET,h2/db', 'a port that is no number in 1..65535'],
    ['a port that is too large', 'h1:70000,h2:1/db', 'a port that is no number in 1..65535'],
    ['more ports than hosts', '/db?host=h1,h2&port=1,2,3', 'names 2 hosts and 3 ports'],
    ['IPv6 without brackets', '::1,h2/db', 'stands in brackets: [::1]:5432'],
    ['half a percent-encoding', 'h%,h2/db', 'Write %25 for %.'],
  ])('with %s is refused, without its secrets', (_what, rest, problem) => {
    const read = () => readConnectionString(`postgres://u:S3CRET@${rest}`);
    expect(read).toThrow(problem);
    expect(read).not.toThrow('S3CRET');
  });

  it('with a slash in its password is refused, and the password is not repeated', () => {
    const read = () => readConnectionString('postgres://u:S3CRET/more@h1,h2/db');
    expect(read).toThrow('Write special characters of user and password percent-encoded');
    expect(read).not.toThrow('S3CRET');
  });
});
