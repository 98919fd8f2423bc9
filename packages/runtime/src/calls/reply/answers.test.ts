import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeActionId, encodeActionId, encodeRetryId, siteLabel, siteLabelOf } from './answers.ts';

describe('clientActionId', () => {
  it('names the site and the turn', () => {
    expect(encodeActionId('sales/main', 3)).toBe('sales/main.3');
    expect(decodeActionId('sales/main.3')).toEqual({ kind: 'turn', turn: 3 });
  });

  it('names the turn that is asked for again, and how often', () => {
    expect(decodeActionId(encodeRetryId(4, 2))).toEqual({ kind: 'retry', turn: 4, tries: 2 });
  });

  it('tells a site called retry from asking again', () => {
    expect(decodeActionId(encodeActionId('retry', 4))).toEqual({ kind: 'turn', turn: 4 });
  });

  it.each([
    null,
    '',
    'ivr1_level1',
    'post_call',
    'main.',
    '.3',
    'main.03',
    'main.-1',
    'main.1.2',
    'main.1e3',
    'a b.1',
    'main.1\n',
    'main.99999999999',
    'retry.1.x',
  ])('%j is not ours', (id) => {
    expect(decodeActionId(id)).toBeNull();
  });

  it.each([
    ['sales/main', 'sales/main'],
    ['für später', 'f_r_sp_ter'],
    ['x'.repeat(200), 'x'.repeat(100)],
  ])('carries the site %s as %s', (site, label) => {
    expect([siteLabel(site), siteLabelOf(encodeActionId(site, 3))]).toEqual([label, label]);
  });

  it.each([null, 'post_call', encodeRetryId(1, 2)])('%j names no site', (id) => {
    expect(siteLabelOf(id)).toBeNull();
  });

  it('comes back as it was sent, for every site and turn', () => {
    const site = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}(\/[A-Za-z0-9_-]{1,64}){0,3}$/);
    fc.assert(
      fc.property(site, fc.nat(999_999_999), (name, turn) => {
        expect(decodeActionId(encodeActionId(name, turn))).toEqual({ kind: 'turn', turn });
      }),
    );
  });
});
