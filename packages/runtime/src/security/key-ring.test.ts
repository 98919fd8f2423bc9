import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseDataKeys } from './key-ring.ts';

const [one, two] = [randomBytes(32), randomBytes(32)] as const;

describe('parseDataKeys', () => {
  it.each([undefined, '', ' ', ' , '])('%j is no key', (text) => {
    expect(parseDataKeys(text)).toEqual([]);
  });

  it.each([', ', ',', ' ', '\n'])('takes several, the first one first, with %j between', (separator) => {
    const keys = parseDataKeys([one, two].map((key) => key.toString('base64')).join(separator));
    expect(keys.map(({ secret }) => secret.export())).toEqual([one, two]);
  });

  it('takes both forms of base64, with or without its end', () => {
    const forms = [one.toString('base64'), one.toString('base64').replace(/=+$/, ''), one.toString('base64url')];
    expect(parseDataKeys(forms.join(','))).toHaveLength(1);
  });

  it('names a key the same in every process, and two keys differently', () => {
    const id = (key: Buffer) => parseDataKeys(key.toString('base64'))[0]?.id;
    expect(id(Buffer.from(one))).toBe(id(one));
    expect(id(one)).not.toBe(id(two));
    expect(id(one)).toMatch(/^[0-9a-f]{8}$/);
  });

  it('shows no key when it is printed', () => {
    const keys = parseDataKeys(one.toString('base64'));
    expect(inspect(keys, { depth: 9 }) + JSON.stringify(keys)).not.toMatch(new RegExp(one.toString('hex').slice(0, 8)));
  });

  it.each([
    ['short', 'AAAA'],
    ['long', randomBytes(33).toString('base64')],
    ['no base64', 'ä'.repeat(44)],
    ['hex', one.toString('hex')],
    ['nothing but zeros', Buffer.alloc(32).toString('base64')],
  ])('a key that is %s is refused by its position', (_what, text) => {
    const good = two.toString('base64');
    expect(() => parseDataKeys(`${good},${text}`)).toThrow(
      expect.objectContaining({ code: 'HS_SEAL_KEY_INVALID', position: 2, message: expect.not.stringContaining(text) as string }),
    );
  });
});
