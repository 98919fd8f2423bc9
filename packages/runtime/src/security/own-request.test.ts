import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isForeign } from './own-request.ts';

const HOST = '127.0.0.1:3000';
const asks = (headers: Record<string, string>, { method = 'POST', url = '/webhooks/vca' } = {}): boolean =>
  isForeign({ method, url, headers: { host: HOST, ...headers } });

describe('a request of this machine', () => {
  it.each<[string, Record<string, string>]>([
    ['from no browser', {}],
    ['from a page of the server', { origin: `http://${HOST}`, 'sec-fetch-site': 'same-origin' }],
    ['that was typed into the address bar', { 'sec-fetch-site': 'none' }],
    ['to localhost', { host: 'localhost:3000' }],
    ['to LOCALHOST', { host: 'LOCALHOST' }],
    ['to localhost with a dot', { host: 'localhost.:3000' }],
    ['to a name below localhost', { host: 'ivr.localhost:3000', origin: 'http://ivr.localhost:3000' }],
    ['to IPv6 loopback', { host: '[::1]:3000', origin: 'http://[::1]:3000' }],
    ['to IPv6 loopback, written out', { host: '[0:0:0:0:0:0:0:1]:3000' }],
    ['to loopback, mapped', { host: '[::ffff:127.0.0.1]:3000' }],
    ['to another address of loopback', { host: '127.9.9.9' }],
    ['to the usual port, which one of both leaves out', { host: 'localhost:80', origin: 'http://localhost' }],
  ])('%s is its own', (_what, headers) => {
    expect(asks(headers)).toBe(false);
  });

  it('by a link from elsewhere may open a page, and do nothing else', () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect([asks(link, { method: 'GET', url: '/console/' }), asks(link)]).toEqual([false, true]);
  });
});

describe('a request that a page of another origin has sent', () => {
  it.each<[string, Record<string, string>]>([
    ['names its origin', { origin: 'https://evil.example' }],
    ['names none: a file, a frame without origin, a redirect', { origin: 'null' }],
    ['comes from another port of this machine', { origin: 'http://127.0.0.1:8080' }],
    ['comes from another name of this machine', { origin: 'http://localhost:3000' }],
    ['comes from an origin that can not be read', { origin: 'evil' }],
    ['tells it by fetch metadata', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['tells it by fetch metadata of a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['has a name that leads here', { host: 'evil.example:3000', origin: 'http://evil.example:3000' }],
    ['has a name that only begins like ours', { host: 'localhost.evil.example' }],
    ['has a name that only ends like ours', { host: 'evillocalhost' }],
    ['has an address as a name', { host: '127.0.0.1.evil.example' }],
    ['hides its name behind a user', { host: 'evil.example@localhost' }],
    ['has a host that is none', { host: 'localhost/evil.example' }],
    ['has the host of a network', { host: '192.168.1.7:3000' }],
    ['has no host', { host: '' }],
  ])('%s', (_what, headers) => {
    expect(asks(headers)).toBe(true);
  });

  it.each([
    'http://evil.example/webhooks/vca',
    'https://evil.example',
    'HTTP://evil.example:3000/',
    'http://127.0.0.1:3000@evil.example/',
    'evil',
  ])('asks for %s', (url) => {
    expect(asks({}, { url })).toBe(true);
  });

  it('is told by every host that is not loopback, whatever the port', () => {
    const port = fc.oneof(
      fc.constant(''),
      fc.nat(65_535).map((number) => `:${number}`),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.domain(),
          fc.webUrl().map((url) => new URL(url).host),
        ),
        port,
        (name, ending) => {
          expect(asks({ host: `${name}${ending}` })).toBe(true);
        },
      ),
    );
  });
});
