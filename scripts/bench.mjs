// `npm run bench`: all measurements of all packages, one after the other. `-- --json FILE` writes the figures under stable keys; `-- --only NAME` runs one file.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';

const FILES = {
  turns: '../packages/dsl/bench/turns.bench.mjs',
  webhooks: '../packages/runtime/bench/webhooks.bench.mjs',
  store: '../packages/runtime/bench/store.bench.mjs',
  lists: '../packages/runtime/bench/lists.bench.mjs',
  insights: '../packages/runtime/bench/insights.bench.mjs',
  outbound: '../packages/runtime/bench/outbound.bench.mjs',
};
const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });
if (values.only !== undefined && !(values.only in FILES)) {
  console.error(`There is no measurement "${values.only}"; there are ${Object.keys(FILES).join(', ')}.`);
  process.exit(2);
}

console.log(
  `Node ${process.version}, ${cpus().length} cores. Compare the rows of one run with each other; absolute figures are this machine's.`,
);
const figures = {};
for (const [name, file] of Object.entries(FILES)) {
  if (values.only !== undefined && values.only !== name) continue;
  const bench = await import(new URL(file, import.meta.url).href);
  console.log(`\n${bench.title}`);
  const { rows, json } = await bench.measure();
  console.table(rows);
  Object.assign(figures, json);
}
for (const [key, value] of Object.entries(figures)) console.log(`${key}: ${value.toFixed(3)}`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
