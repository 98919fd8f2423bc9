import { expect, it } from 'vitest';
import * as cli from './index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(cli).sort()).toEqual(['defineConfig']);
});
