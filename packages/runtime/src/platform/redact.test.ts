import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { createRedactor, safeCause } from './redact.ts';

const redact = createRedactor('s3cret');

describe('createRedactor', () => {
  it.each([
    ['token s3cret is wrong', 'token [secret] is wrong'],
    ['+6591234567 is not allowed', '••• is not allowed'],
    ['call +65 9123-4567 now', 'call ••• now'],
    ['your code is 4 7 1 1.', 'your code is •••.'],
    ['$.callflow[0].params.text is missing', '$.callflow[0].params.text is missing'],
    ['1..3 or 25', '1..3 or 25'],
  ])('makes %j safe', (text, safe) => {
    expect(redact(text)).toBe(safe);
  });

  it('cuts what is long, but never through the secret', () => {
    const cut = redact(`${'x'.repeat(297)}s3cret${'y'.repeat(5_000)}`);
    expect(cut.length).toBeLessThan(310);
    expect(cut).not.toContain('s3c');
  });

  test.prop([fc.string(), fc.stringMatching(/^\+?\d{7,15}$/), fc.string()])(
    'leaves no phone number, whatever stands around it',
    (before, number, after) => {
      expect(redact(`${before} ${number} ${after}`)).not.toContain(number);
    },
  );
});

describe('safeCause', () => {
  it('keeps name, code and redacted message of the innermost cause and nothing else', () => {
    const inner = Object.assign(new RangeError('s3cret was refused'), { code: 'ENOPE', request: { headers: { authorization: 's3cret' } } });
    const cause = safeCause(new TypeError('fetch failed', { cause: inner }), redact);
    expect(cause).toEqual({ name: 'RangeError', message: '[secret] was refused', code: 'ENOPE' });
  });

  it.each([
    ['a text', 's3cret', { name: 'string', message: '[secret]', code: null }],
    ['nothing', undefined, { name: 'undefined', message: 'undefined', code: null }],
  ])('describes %s that was thrown', (_what, thrown, expected) => {
    expect(safeCause(thrown, redact)).toEqual(expected);
  });
});
