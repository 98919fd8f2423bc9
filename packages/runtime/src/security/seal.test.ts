import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SealKeyMissingError } from '../errors/seal-key-missing-error.ts';
import { SealOpenError } from '../errors/seal-open-error.ts';
import { parseDataKeys } from './key-ring.ts';
import { createSealer, isSealed } from './seal.ts';

const [oldKey, newKey] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')] as const;
const sealer = createSealer(parseDataKeys(newKey));
const place = { callId: 'call-1', index: 3 };

describe('a sealed text', () => {
  it('opens as it was, for every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(sealer.open(sealer.seal(text, place), place)).toBe(text);
      }),
    );
  });

  it('shows nothing but its length, and is another each time', () => {
    const sealed = sealer.seal('{"value":"1234567890"}', place);
    expect(sealed).toMatch(/^hs1\.[0-9a-f]{8}\.[A-Za-z0-9_-]+$/);
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('1234567890');
    expect(sealer.seal('{"value":"1234567890"}', place)).not.toBe(sealed);
  });

  it('is told from what a store keeps in plain', () => {
    expect(isSealed(sealer.seal('', place))).toBe(true);
    expect(['', '{"site":"hs1"}', 'null', 'hs1.', 'hs1.x.y', 'hs2.00000000.AA'].some(isSealed)).toBe(false);
  });

  it.each([
    ['of another call', { callId: 'call-2', index: 3 }],
    ['at another index', { callId: 'call-1', index: 4 }],
    ['under another name', { callId: 'call-1', index: 'answer-3' }],
  ])('opens at no place %s', (_which, other) => {
    expect(() => sealer.open(sealer.seal('secret', place), other)).toThrow(SealOpenError);
  });

  it('does not open once any part of it was changed', () => {
    const sealed = sealer.seal('secret', place);
    const [prefix, id, payload = ''] = sealed.split('.');
    const bytes = Buffer.from(payload, 'base64url');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ change;
        expect(() => sealer.open(`${prefix}.${id}.${changed.toString('base64url')}`, place)).toThrow(SealOpenError);
      }),
    );
  });

  it.each(['', 'plain', '{"value":1}'])('that was never one (%j) does not open', (text) => {
    expect(() => sealer.open(text, place)).toThrow(SealOpenError);
  });

  it('that was cut off does not open', () => {
    const sealed = sealer.seal('secret', place);
    expect(() => sealer.open(sealed.slice(0, 20), place)).toThrow(
      expect.objectContaining({ code: 'HS_SEAL_OPEN', callId: 'call-1', index: 3 }),
    );
    expect(() => sealer.open(sealed.slice(0, -2), place)).toThrow(SealOpenError);
  });
});

describe('rotation', () => {
  const before = createSealer(parseDataKeys(oldKey));
  const during = createSealer(parseDataKeys(`${newKey},${oldKey}`));

  it('the first key seals, any opens', () => {
    expect(during.open(before.seal('old', place), place)).toBe('old');
    expect(sealer.open(during.seal('new', place), place)).toBe('new');
  });

  it('a key that is gone is named', () => {
    const [key] = parseDataKeys(oldKey);
    expect(() => sealer.open(before.seal('old', place), place)).toThrow(
      expect.objectContaining({ name: 'SealKeyMissingError', code: 'HS_SEAL_KEY_MISSING', keyId: key?.id }),
    );
  });
});

describe('without a key', () => {
  const none = createSealer([]);

  it('nothing is sealed and nothing opens', () => {
    expect([none.canSeal, sealer.canSeal]).toEqual([false, true]);
    expect(() => none.seal('secret', place)).toThrow(SealKeyMissingError);
    expect(() => none.open(sealer.seal('secret', place), place)).toThrow(expect.objectContaining({ keyId: null }));
  });
});
