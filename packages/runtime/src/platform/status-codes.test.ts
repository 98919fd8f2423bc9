import { describe, expect, it } from 'vitest';
import { explainStatus, STATUS_CODES } from './status-codes.ts';

describe('STATUS_CODES', () => {
  it('holds every code of the documents once', () => {
    const documented = [1, ...Array.from({ length: 20 }, (_, index) => -1001 - index), -9999];
    expect(STATUS_CODES.map(({ code }) => code)).toEqual(documented);
  });

  it.each(STATUS_CODES)('names $code $rule and says what it means and what to do', ({ rule, meaning, fix }) => {
    expect(rule).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(meaning).toMatch(/^[A-Za-z8].*\.$/);
    expect(fix).toMatch(/^[A-Z].*\.$/);
  });
});

describe('explainStatus', () => {
  it.each([
    ["8x8's own code before the HTTP status", -1017, 422, 'destination-malformed'],
    ['a code without its minus', 1001, 422, 'body-not-json'],
    ['an HTTP status that is repeated as status code', 404, 200, 'not-found'],
    ['the HTTP status where there is no code', null, 429, 'rate-limited'],
    ['the HTTP status behind a code that is not listed', -1234, 422, 'invalid-parameter'],
    ['nothing that is listed', -1234, 418, 'refused'],
    ['the HTTP status where the code means success', 1, 422, 'invalid-parameter'],
  ])('goes by %s', (_what, statusCode, httpStatus, rule) => {
    expect(explainStatus(statusCode, httpStatus).rule).toBe(rule);
  });
});
