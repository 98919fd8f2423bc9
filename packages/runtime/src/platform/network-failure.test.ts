import { describe, expect, it } from 'vitest';
import { readFailure } from './network-failure.ts';
import { networkError } from './platform.test-support.ts';

/** As `fetch` wraps what the network says. */
const wrapped = (cause: unknown) => new TypeError('fetch failed', { cause });

describe('readFailure', () => {
  it.each([
    ['a refused connection', { code: 'ECONNREFUSED', syscall: 'connect' }, 'refused', true],
    ['an unknown host', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'dns', true],
    ['a silent name server', { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }, 'dns', true],
    ['no route', { code: 'EHOSTUNREACH', syscall: 'connect' }, 'connect', true],
    ["undici's connect timeout", { code: 'UND_ERR_CONNECT_TIMEOUT' }, 'connect', true],
    ["the system's connect timeout", { code: 'ETIMEDOUT', syscall: 'connect' }, 'connect', true],
    ['an expired certificate', { code: 'CERT_HAS_EXPIRED' }, 'certificate', true],
    ['a certificate of another host', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'certificate', true],
    ['a reset connection', { code: 'ECONNRESET', syscall: 'read' }, 'reset', false],
    ['a broken pipe', { code: 'EPIPE', syscall: 'write' }, 'reset', false],
    ['a socket that the other side closed', { code: 'UND_ERR_SOCKET' }, 'reset', false],
    ['a lost route on a live connection', { code: 'EHOSTUNREACH', syscall: 'read' }, 'network', false],
    ['no answer in time', { code: 'UND_ERR_HEADERS_TIMEOUT' }, 'timeout', false],
    ['a failed handshake', { code: 'EPROTO', syscall: 'write' }, 'network', false],
    ['an error that nobody knows', {}, 'network', false],
  ] as const)('reads %s', (_what, fields, reason, nothingSent) => {
    expect(readFailure(wrapped(networkError(fields)))).toEqual({ reason, nothingSent });
  });

  it('is certain of a host with several addresses only when each one failed before sending', () => {
    const refused = networkError({ code: 'ECONNREFUSED', syscall: 'connect' });
    const reset = networkError({ code: 'ECONNRESET', syscall: 'read' });
    expect(readFailure(wrapped(new AggregateError([refused, refused])))).toEqual({ reason: 'refused', nothingSent: true });
    expect(readFailure(wrapped(new AggregateError([refused, reset])))).toEqual({ reason: 'refused', nothingSent: false });
  });

  it.each([[undefined], ['text'], [null], [7]])('takes %s, which is no error, as sent', (thrown) => {
    expect(readFailure(thrown)).toEqual({ reason: 'network', nothingSent: false });
  });

  it('ends on an error that is its own cause', () => {
    const endless = new Error('again');
    endless.cause = endless;
    expect(readFailure(endless)).toEqual({ reason: 'network', nothingSent: false });
  });
});
