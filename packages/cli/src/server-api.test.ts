import { describe, expect, it } from 'vitest';
import { serverUrl } from './server-api.ts';

describe('serverUrl', () => {
  it.each([
    [undefined, {}, 'http://127.0.0.1:3000'],
    [undefined, { host: '0.0.0.0', port: 80 }, 'http://127.0.0.1:80'],
    [undefined, { host: '::1' }, 'http://[::1]:3000'],
    [undefined, { host: '::' }, 'http://127.0.0.1:3000'],
    ['', { port: 1 }, 'http://127.0.0.1:1'],
    ['https://ivr.example.com/voice/', {}, 'https://ivr.example.com/voice'],
  ])('of %j and %j is %s', (given, config, expected) => {
    expect(serverUrl(given, config)).toBe(expected);
  });

  it.each(['ivr.example.com', 'ftp://x', 'no url'])('refuses %s', (given) => {
    expect(() => serverUrl(given, {})).toThrow(/--url must be an http or https URL/);
  });
});
