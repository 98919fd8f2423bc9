import { describe, expect, it } from 'vitest';
import { maskDigits, maskNumber, maskText } from './mask-text.ts';

describe('numbers', () => {
  it.each([
    ['+6568888821', '+65••••21'],
    ['6568888821', '65••••21'],
    ['+65 6888-8821', '+65••••21'],
    ['(65) 6888.8821', '65••••21'],
    ['006568888821', '00••••21'],
    ['1234567', '••••67'],
    ['12345', '••••45'],
    ['1234', '••••'],
    ['123', '••••'],
    ['12', '12'],
    ['anonymous', 'anonymous'],
    ['+６５６８８８８８２１', '+６５••••２１'],
  ])('%s becomes %s', (number, masked) => {
    expect(maskNumber(number)).toBe(masked);
  });
});

describe('digits', () => {
  it.each([
    ['1234', '••••'],
    ['12 34#', '•••••'],
    ['*1A', '•••'],
    ['', ''],
    ['pressed 12, then #', 'pressed ••, then •'],
    ['{"dtmf":"12"}', '{"dtmf":"••"}'],
    ['1'.repeat(100), `${'•'.repeat(64)}…`],
  ])('%s becomes %s', (pressed, masked) => {
    expect(maskDigits(pressed)).toBe(masked);
  });
});

describe('texts of unknown content', () => {
  it.each([
    ['call from +65 6888 8821 to 6591178965', 'call from +65••••21 to 65••••65'],
    ['tel:+6568888821;ext=12', 'tel:+65••••21;ext=12'],
    ['sip:6568888821@10.0.0.1', 'sip:65••••21@10.0.0.1'],
    ['a089b40d-f059-11f0-8937-998872003334', 'a089b40d-f059-11f0-8937-998872003334'],
    ['2026-01-13T08:26:58.123Z', '2026-01-13T08:26:58.123Z'],
    ['on 2026-01-13 at 08:26', 'on 2026-01-13 at 08:26'],
    ['turn 1200', 'turn 1200'],
    ['no digits at all', 'no digits at all'],
  ])('numbers: %s becomes %s', (text, masked) => {
    expect(maskText(text, 'numbers')).toBe(masked);
  });

  it.each([
    ['PIN 1234', 'PIN ••••'],
    ['12 keys', '12 keys'],
    ['Status 200 of 2026-01-13T08:26:58Z', 'Status ••• of 2026-01-13T08:26:58Z'],
    ['٣٤٥٦', '••••'],
    ['20240516', '••••••••'],
    ['could not be saved (SQLSTATE 53300)', 'could not be saved (SQLSTATE 53300)'],
    ['SQLSTATE 533001', 'SQLSTATE ••••••'],
    ['keys 1, 2, 3', 'keys •, •, •'],
    ['1-2-3-4', '•-•-•-•'],
    ['from +65 6888 8821', 'from +65••••21'],
  ])('strict: %s becomes %s', (text, masked) => {
    expect(maskText(text, 'strict')).toBe(masked);
  });

  it.each([
    ['order-6568888821', 'order-6568888821'],
    ['order-+6568888821', 'order-+65••••21'],
  ])('plus: %s becomes %s', (text, masked) => {
    expect(maskText(text, 'plus')).toBe(masked);
  });

  it('addresses stay where they are wanted', () => {
    expect(maskText('listening on 192.168.100.200:8080', 'numbers', 'keep')).toBe('listening on 192.168.100.200:8080');
    expect(maskText('listening on 192.168.100.200:8080', 'numbers')).not.toContain('168');
  });

  it('takes time in proportion to the length', () => {
    const hostile = '1 '.repeat(50_000) + '-'.repeat(50_000) + '+1('.repeat(50_000);
    expect(maskText(hostile, 'strict').length).toBeGreaterThan(0);
  });
});
