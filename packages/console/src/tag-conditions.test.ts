import { expect, it } from 'vitest';
import { readConditions } from '../page/src/lib/tags.ts';

it.each<[string, readonly string[]]>([
  ['', []],
  ['  ', []],
  ['reason=billing', ['reason=billing']],
  ['reason = billing , amount >= 1000', ['reason=billing', 'amount>=1000']],
  ['reason=billing amount>=1000', ['reason=billing', 'amount>=1000']],
  ['note=a b c amount<5', ['note=a b c', 'amount<5']],
  ['note=a, b', ['note=a, b']],
  ['reason!=billing', ['reason!=billing']],
  ['nonsense', ['nonsense']],
  ['nonsense reason=billing', ['nonsense', 'reason=billing']],
])('the line %j asks for %j', (text, conditions) => {
  expect(readConditions(text)).toEqual(conditions);
});
