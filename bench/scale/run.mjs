// `npm run bench:scale`: 10,000 calls at once; memory per call that waits; one, two and four servers on one Postgres. `--rounds` sets how often each is measured;
// for the calls, `--store postgres` puts them on Postgres, and `--statuses` registers call statuses (VCS), too.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import * as calls from './calls.mjs';
import * as instances from './instances.mjs';
import * as memory from './memory.mjs';

const PARTS = { calls, memory, instances };
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    small: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    store: { type: 'string', default: 'sqlite' },
    statuses: { type: 'boolean', default: false },
  },
});
if (values.only !== undefined && !(values.only in PARTS)) {
  console.error(`There is no part "${values.only}"; there are ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}

if (!['sqlite', 'postgres'].includes(values.store)) {
  console.error(`There is no store "${values.store}"; there are sqlite and postgres.`);
  process.exit(2);
}

console.log(`Node ${process.version}, ${cpus().length} cores. Servers, simulator and Postgres share them.`);
const figures = {};
for (const [name, part] of Object.entries(PARTS)) {
  if (values.only !== undefined && values.only !== name) continue;
  console.log(`\n${part.title}`);
  const { rows, json } = await part.measure({ ...values, rounds: Number(values.rounds ?? (values.small ? 1 : part.rounds)) });
  console.table(rows);
  Object.assign(figures, json);
}
for (const [key, value] of Object.entries(figures)) console.log(`${key}: ${value.toFixed(3)}`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
