import { describe, expect, it } from 'vitest';
import { Secrets } from './secrets.ts';

const knowing = (...secrets: readonly unknown[]): Secrets => secrets.reduce<Secrets>((known, secret) => known.with(secret), Secrets.none);

describe('what speaks of a secret', () => {
  it.each<[string, unknown, string]>([
    ['the digits', '4711', 'Your PIN is 4711.'],
    ['the digits one by one', '4711', 'You entered 4, 7, 1, 1. Right?'],
    ['the digits in groups', '4929718264530913', 'Card 4929 7182 6453 0913'],
    ['the last four of many', '4929718264530913', 'The card that ends in 0913'],
    ['wide digits', '4711', 'Your PIN is ４７１１.'],
    ['an amount', { balance: 125_050 }, 'You have 1,250.50 dollars.'],
    ['a year of a date', '12031990', 'Born on 12 March 1990.'],
    ['words of a result', { customer: { name: 'Ann Lee' } }, 'Hello, ANN  LEE!'],
    ['something in a list', ['x1', 'secret word'], 'The secret-word is out.'],
  ])('is known by %s', (_how, secret, text) => {
    expect(knowing(secret).areIn(text)).toBe(true);
    expect(knowing(secret).areIn({ action: 'say', params: { text, speed: 1 } })).toBe(true);
  });

  it.each<[string, unknown, string]>([
    ['options of a menu', '1234', 'Press 1 for bills, 2 for claims, 3 for an agent, 4 to hear this again.'],
    ['other digits', '4711', 'It is 4 o’clock, the 7th, and 11 degrees.'],
    ['other words', { name: 'Ann' }, 'Hello, Bob.'],
    ['a secret that is too short to be told from anything', '1', 'Press 1.'],
    ['nothing', null, 'null'],
    ['a switch', { ok: true }, 'That is true.'],
  ])('is not %s', (_what, secret, text) => {
    expect(knowing(secret).areIn(text)).toBe(false);
  });
});
