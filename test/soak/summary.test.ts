import { expect, it } from 'vitest';
import { summarize } from './summary.ts';

it('a summary has a row for each scenario, with the median of its runs and their spread', () => {
  const run = (lost: number, wrong: readonly string[] = []) => ({ wrong, figures: { calls: 2000, lost, vcaMsP99: 3.14159 * (lost + 1) } });
  const kills = { name: 'kill/sqlite', runs: [run(4), run(0, ['heard nothing']), run(2)] };
  const walks = { name: 'walks/sqlite', runs: [{ wrong: [], figures: { calls: 12, sites: 40 } }] };
  expect(summarize([kills, walks]).split('\n')).toEqual([
    '| trial | runs | wrong | calls | lost | vcaMsP99 |',
    '| --- | --- | --- | --- | --- | --- |',
    '| kill/sqlite | 3 | 0 (0 to 1) | 2000 | 2 (0 to 4) | 9.42 (3.14 to 15.7) |',
    '| walks/sqlite | 1 | 0 | 12 | – | – |',
  ]);
});

it('of two runs, the median lies between', () => {
  const runs = [3, 4].map((kills) => ({ wrong: [], figures: { kills } }));
  expect(summarize([{ name: 'kill/postgres', runs }])).toContain('| kill/postgres | 2 | 0 | 3.5 (3 to 4) |');
});
