import { expect, it } from 'vitest';
import * as exported from './index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(exported).sort()).toEqual(['hookswitchConsole']);
});
