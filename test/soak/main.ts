// `npm run soak`: scenarios that take minutes, one after the other. It ends with 1 when anything went otherwise than it must.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeStorePlace, STORE_KINDS, type StoreKind } from '../support/store-place.ts';
import type { Scenario, SoakResult } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { type SoakRuns, summarize } from './summary.ts';

const HELP = `npm run soak -- [options]

  --only NAME[,NAME]   only these scenarios
  --calls N            calls of each run (default 2000)
  --seed N             equal seeds give equal calls (default 7); privacy plays the same calls for every seed
  --runs N             each scenario so many times, with the seeds from --seed on; the table at the end has medians and spread (default 1)
  --store KIND         sqlite or postgres (default: each, where the scenario has both)
  --old FOLDER         for upgrade: the release before, its packages built
  --json FILE          write the figures there, after each run
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    calls: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '7' },
    runs: { type: 'string', default: '1' },
    store: { type: 'string' },
    json: { type: 'string' },
    old: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const names = values.only?.split(',') ?? Object.keys(SCENARIOS);
const stores = STORE_KINDS.filter((kind) => values.store === undefined || values.store === kind);
const [calls, firstSeed, runs] = [Number(values.calls), Number(values.seed), Number(values.runs)];
const unknown = names.find((name) => !(name in SCENARIOS));

if (values.help) {
  console.log(HELP);
  for (const [name, { what }] of Object.entries(SCENARIOS)) console.log(`  ${name.padEnd(14)} ${what}`);
} else if (unknown !== undefined || stores.length === 0 || ![calls, runs].every(isCount) || !Number.isInteger(firstSeed)) {
  console.error(unknown === undefined ? HELP : `There is no scenario "${unknown}"; there are ${Object.keys(SCENARIOS).join(', ')}.`);
  process.exitCode = 2;
} else {
  await runAll();
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}

async function runAll(): Promise<void> {
  const seeds = Array.from({ length: runs }, (_, index) => firstSeed + index);
  console.log(`Node ${process.version}, ${cpus().length} cores, ${calls} calls, seed ${seeds.join(', ')}.`);
  const all: (SoakRuns & { readonly runs: SoakResult[] })[] = [];
  for (const name of names) {
    const scenario = SCENARIOS[name];
    if (scenario === undefined) continue;
    for (const kind of scenario.stores.filter((store) => stores.includes(store))) {
      const one = { name: `${name}/${kind}`, runs: [] as SoakResult[] };
      all.push(one);
      for (const seed of seeds) {
        one.runs.push(await runOne(one.name, scenario, kind, seed));
        // Written after each one: whoever interrupts a long run keeps what there is.
        if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ calls, seeds, results: all }, null, 2)}\n`);
      }
    }
  }
  const bad = all.flatMap((one) => one.runs).filter(({ wrong }) => wrong.length > 0).length;
  console.log(`\n${summarize(all)}\n\n${all.length * seeds.length} runs, ${bad} with something wrong.`);
  process.exitCode = bad === 0 ? 0 : 1;
}

async function runOne(name: string, { what, postgres, run }: Scenario, kind: StoreKind, seed: number): Promise<SoakResult> {
  console.log(`\n── ${name}, seed ${seed}: ${what}`);
  const began = performance.now();
  const place = await makeStorePlace(kind, postgres);
  try {
    const found = await run({
      calls,
      seed,
      place,
      built: true,
      old: values.old === undefined ? null : resolve(values.old),
      tell: (line) => console.log(`   ${line}`),
    });
    const result = { ...found, figures: { ...found.figures, seconds: (performance.now() - began) / 1000 } };
    for (const [figure, value] of Object.entries(result.figures)) console.log(`   ${figure}: ${Number(value.toFixed(2))}`);
    for (const one of result.wrong.slice(0, 20)) console.log(`   WRONG: ${one}`);
    console.log(result.wrong.length === 0 ? `✓ ${name}` : `✗ ${name}: ${result.wrong.length} wrong`);
    return result;
  } catch (error) {
    console.error(error);
    return { wrong: [error instanceof Error ? error.message : String(error)], figures: {} };
  } finally {
    await place.remove();
  }
}
