import { describe, expect, it } from 'vitest';
import { explainSessionError, SESSION_ERROR_CODES } from './session-error-codes.ts';

describe('SESSION_ERROR_CODES', () => {
  it('holds every code of the documents once', () => {
    const documented = [...Array.from({ length: 10 }, (_, index) => -2001 - index), -9999];
    expect(SESSION_ERROR_CODES.map(({ code }) => code)).toEqual(documented);
  });

  it.each(SESSION_ERROR_CODES)('names $code $rule and says what it means and what to do', ({ rule, meaning, fix }) => {
    expect(rule).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(meaning).toMatch(/^[A-Za-z8].*\.$/);
    expect(fix).toMatch(/^[A-Z].*\.$/);
  });
});

describe('explainSessionError', () => {
  it('explains a listed code', () => {
    expect(explainSessionError(-2010)).toMatchObject({ code: -2010, rule: 'trunk-capacity-exceeded' });
  });

  it('says so of a code that is not listed', () => {
    expect(explainSessionError(-2999)).toMatchObject({ code: -2999, rule: 'unlisted-error' });
  });
});
