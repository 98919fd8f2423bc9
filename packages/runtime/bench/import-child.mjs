// A process that imports a CSV file of so many rows, made on the way, and prints how fast, and how much memory it had at most (KB).
import { Buffer } from 'node:buffer';
import { createPersonOf } from '../dist/campaigns/person.js';
import { importRecipients } from '../dist/outbound/import/import-recipients.js';
import { createPostgresStore, createSqliteStore } from '../dist/store/index.js';
import { BEGAN, fill, timed, ZONES } from './outbound-campaign.mjs';

const [where, count] = process.argv.slice(2).map((text) => JSON.parse(text));
const { kind, file, url, schema } = where;
const store =
  kind === 'sqlite' ? createSqliteStore({ file, synchronous: 'NORMAL' }) : createPostgresStore({ connectionString: url, schema });
await store.open();
await fill(store.outbound, 'spring', 0);

async function* source() {
  yield Buffer.from('key,number,zone,name,at\n');
  for (let first = 0; first < count; first += 1_000) {
    const lines = Array.from({ length: Math.min(1_000, count - first) }, (_, index) => line(first + index));
    yield Buffer.from(lines.join(''));
  }
}
const line = (n) => `customer-${n},+65${90_000_000 + (n % 9_999_999)},${ZONES[n % ZONES.length]},Customer ${n},2026-01-02T09:00:00Z\n`;

const personOf = createPersonOf('k'.repeat(32));
const rules = { schema: null, country: 'SG', zone: 'Asia/Singapore', dueAt: BEGAN, personOf };
const params = new Map([
  ['name', 'text'],
  ['at', 'text'],
]);
let last = null;
const took = await timed(async () => {
  for await (const note of importRecipients(store.outbound, {
    campaign: 'spring',
    format: 'csv',
    source: source(),
    rules,
    params,
    ignored: [],
  }))
    if ('progress' in note) last = note.progress;
});
await store.close();
if (last?.added !== count) throw new TypeError(`${JSON.stringify(last)}: not ${count} were added`);
console.log(JSON.stringify({ perSecond: (count * 1_000) / took, maxRss: process.resourceUsage().maxRSS }));
