import { describe, expect, it } from 'vitest';
import { SharedSecretError } from '../errors/shared-secret-error.ts';
import { createSharedSecret } from './sender.ts';

describe('createSharedSecret', () => {
  it.each(['Bearer 0123456789abcdef', 'Basic dXNlcjpwYXNzd29yZA==', '0123456789abcdef', 'ApiKey one two'])('takes %s verbatim', (value) => {
    const secret = createSharedSecret([value]);
    expect(secret.matches(value)).toBe(true);
    expect(secret.matches(` ${value} `)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'bearer 0123456789abcdef',
    '0123456789abcdef',
    'Bearer 0123456789abcde',
    'Bearer 0123456789abcdef0',
    ['Bearer 0123456789abcdef'],
    'x'.repeat(100_000),
  ])('refuses %j', (value) => {
    expect(createSharedSecret(['Bearer 0123456789abcdef']).matches(value)).toBe(false);
  });

  it('takes each of several while one is being exchanged', () => {
    const secret = createSharedSecret(['the-old-one-0123456789', 'the-new-one-0123456789']);
    expect(['the-old-one-0123456789', 'the-new-one-0123456789', 'another'].map((value) => secret.matches(value))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('says which can be guessed, their first word aside', () => {
    expect(createSharedSecret(['Bearer short', 'Bearer 0123456789abcdef', 'short']).weak).toEqual([1, 3]);
  });

  it('shows nothing of a secret when it is printed', () => {
    expect(JSON.stringify(createSharedSecret(['0123456789abcdef']))).not.toContain('0123');
  });

  it.each([[[]], [['']], [['  ']], [['a', ' b']], [['a\nb']], [['schlüssel']], [[7 as unknown as string]]])(
    '%j can not work',
    (secrets) => {
      expect(() => createSharedSecret(secrets)).toThrow(SharedSecretError);
    },
  );

  it('says where the trouble is, without the secret', () => {
    expect(() => createSharedSecret(['fine', 'geheim\u00FC'])).toThrow(
      expect.objectContaining({ code: 'HS_SHARED_SECRET', position: 2, message: expect.not.stringContaining('geheim') as string }),
    );
  });
});
