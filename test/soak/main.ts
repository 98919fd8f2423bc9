// `npm run soak`: scenarios that take minutes, one after the other. It ends with 1 when anything went otherwise than it must.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { makeStorePlace, STORE_KINDS, type StoreKind } from '../support/store-place.ts';
import type { Scenario, SoakResult } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';

const HELP = `npm run soak -- [options]

  --only NAME[,NAME]   only these scenarios
  --calls N            calls of each run (default 2000)
  --seed N             equal seeds give equal calls (default 7)
  --store KIND         sqlite or postgres (default: each, where the scenario has both)
  --json FILE          write the figures there
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    calls: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '7' },
    store: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const names = values.only?.split(',') ?? Object.keys(SCENARIOS);
const stores = STORE_KINDS.filter((kind) => values.store === undefined || values.store === kind);
const [calls, seed] = [Number(values.calls), Number(values.seed)];
const unknown = names.find((name) => !(name in SCENARIOS));

if (values.help) {
  console.log(HELP);
  for (const [name, { what }] of Object.entries(SCENARIOS)) console.log(`  ${name.padEnd(12)} ${what}`);
} else if (unknown !== undefined || stores.length === 0 || !(calls >= 1) || !Number.isInteger(seed)) {
  console.error(unknown === undefined ? HELP : `There is no scenario "${unknown}"; there are ${Object.keys(SCENARIOS).join(', ')}.`);
  process.exitCode = 2;
} else {
  await runAll();
}

async function runAll(): Promise<void> {
  console.log(`Node ${process.version}, ${cpus().length} cores, ${calls} calls, seed ${seed}.`);
  const results: Record<string, SoakResult> = {};
  for (const name of names) {
    const scenario = SCENARIOS[name];
    if (scenario === undefined) continue;
    for (const kind of scenario.stores.filter((store) => stores.includes(store))) {
      results[`${name}/${kind}`] = await runOne(`${name}/${kind}`, scenario, kind);
      // Written after each one: whoever interrupts a long run keeps what there is.
      if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ calls, seed, results }, null, 2)}\n`);
    }
  }
  const bad = Object.values(results).filter(({ wrong }) => wrong.length > 0).length;
  console.log(`\n${Object.keys(results).length} runs, ${bad} with something wrong.`);
  process.exitCode = bad === 0 ? 0 : 1;
}

async function runOne(name: string, { what, postgres, run }: Scenario, kind: StoreKind): Promise<SoakResult> {
  console.log(`\n── ${name}: ${what}`);
  const began = performance.now();
  const place = await makeStorePlace(kind, postgres);
  try {
    const found = await run({ calls, seed, place, built: true, tell: (line) => console.log(`   ${line}`) });
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
