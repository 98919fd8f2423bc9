import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { hideCredentials } from './hide-credentials.ts';

describe('credentials in URLs', () => {
  it.each([
    ['postgres://ivr:S3CRET@db:5432/calls', 'postgres://••••••@db:5432/calls'],
    ['postgres://ivr:S3CRET@h1:5432,h2/calls?sslmode=require', 'postgres://••••••@h1:5432,h2/calls?sslmode=require'],
    ['postgres://ivr:S3@CRET@db/calls', 'postgres://••••••@db/calls'],
    ['postgres://ivr:S3/CRET@db/calls', 'postgres://••••••@db/calls'],
    ['postgres://db/calls?user=ivr&password=S3CRET&ssl=true', 'postgres://db/calls?user=ivr&password=••••••&ssl=true'],
    ['postgres://db/calls?sslpassword=S3CRET', 'postgres://db/calls?sslpassword=••••••'],
    ['http://S3CRET@proxy:3128', 'http://••••••@proxy:3128'],
    ['at https://me:S3CRET@api.example.com/v1?api_key=S3CRET, and more', 'at https://••••••@api.example.com/v1?api_key=••••••'],
    [
      '{"url":"https://a:S3CRET@b","other":"https://c/d?access_token=S3CRET"}',
      '{"url":"https://••••••@b","other":"https://c/d?access_token=••••••"}',
    ],
    ['two: ftp://a:S3CRET@b and ftp://c:S3CRET@d', 'two: ftp://••••••@b and ftp://••••••@d'],
  ])('are hidden in %s', (text, shown) => {
    expect(hideCredentials(text)).toContain(shown);
    expect(hideCredentials(text)).not.toContain('S3CRET');
  });

  it.each([
    'http://127.0.0.1:3000/console/?flow=support&site=a@b',
    'https://ivr.example.com/webhooks/vca, see mail@example.com',
    'Give memory, sqlite:FILE, or postgres://user:password@host/database.',
    'postgres://host1:5432,host2:5433/db?target_session_attrs=read-write',
    'http://[::1]:3000/ready',
    'no URL: a:b@c',
  ])('are not seen where there are none: %s', (text) => {
    expect(hideCredentials(text)).toBe(text);
  });

  const word = fc.stringMatching(/^[A-Za-z0-9._~!$&()*+,;=:%-]{1,20}$/);
  test.prop([word, word, fc.domain(), fc.lorem()])('of every kind are hidden, wherever the URL stands', (user, password, host, text) => {
    const shown = hideCredentials(`${text} postgres://${user}:S3CRET${password}@${host}/calls ${text}`);
    expect(shown).toBe(`${text} postgres://••••••@${host}/calls ${text}`);
  });
});
