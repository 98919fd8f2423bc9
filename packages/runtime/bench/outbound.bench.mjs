import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgresStore, createSqliteStore } from '../dist/store/index.js';
import { bareCycles, bareImport, ours, oursImport } from './outbound-work.mjs';
import { aClaim, BEGAN, fill, LANE, timed } from './outbound-campaign.mjs';
import { median, spread } from './rounds.mjs';

const ROUNDS = Number(process.env.HOOKSWITCH_BENCH_ROUNDS ?? 15);
const MANY = Number(process.env.HOOKSWITCH_BENCH_RECIPIENTS ?? 20_000);
const FEW = 1_000;
/** What takes seconds is done fewer times. */
const LONG_ROUNDS = Math.max(1, Math.ceil(ROUNDS / 5));
const CYCLES = Math.min(2_000, MANY);
const number = (value) => value.toLocaleString('en');

export const title = `Outbound campaigns: a claim of 10 among ${number(MANY)} who are due and among ${number(FEW)}, an import of ${number(MANY)} rows, whole cycles, a pause`;

/** Measures both stores, Postgres where `DATABASE_URL` names one; what is compared runs in turn, round by round. */
export async function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-bench-'));
  const url = process.env.DATABASE_URL;
  const kinds = {
    SQLite: (name) => ({ kind: 'sqlite', file: join(folder, `${name}.db`) }),
    ...(url === undefined ? {} : { Postgres: (name) => ({ kind: 'postgres', url, schema: `bench_outbound_${name}` }) }),
  };
  const rows = [];
  const json = {};
  try {
    for (const [store, place] of Object.entries(kinds)) {
      const add = (key, what, one, beside, than, digits = 1) => {
        const ratio = median(one.map((value, round) => value / beside[round]));
        rows.push({ store, what, median: median(one).toFixed(digits), spread: spread(one, digits), beside: `${than}: ${median(beside).toFixed(digits)}`, ratio: ratio.toFixed(2) }); // prettier-ignore
        json[`outbound_${key}_${store.toLowerCase()}`] = ratio;
      };
      const where = (what) => place(`${what}_${randomUUID().slice(0, 8)}`);
      const { few, many, paused, idle } = await claims(where);
      add('claim', `a claim among ${number(MANY)}, ms`, many, few, `among ${number(FEW)}`);
      add('paused', `the same beside ${number(MANY)} of a paused campaign`, paused, few, 'without them');
      rows.push({ store, what: 'a sweep that finds nothing to do there', median: median(idle).toFixed(1), spread: spread(idle, 1) });
      const cycles = await inTurn(LONG_ROUNDS, { own: () => ours(where('cycles'), CYCLES), bare: () => bareCycles(where('bare'), CYCLES) });
      const perSecond = (results) => results.map((result) => result.perSecond);
      add(
        'cycles',
        'cycles a second (claim, dial, end), 16 at once',
        perSecond(cycles.own),
        perSecond(cycles.bare),
        'three bare commits',
        0,
      );
      const share = (part) => `${part} ${Math.round(100 * median(cycles.own.map(({ parts }) => parts[part])))} %`;
      rows.push({ store, what: 'where their time goes', beside: ['pace', 'claim', 'dial', 'end'].map(share).join(', ') });
      const imports = await inTurn(LONG_ROUNDS, {
        csv: () => oursImport(where('csv'), MANY),
        bare: () => bareImport(where('table'), MANY),
      });
      add('import', 'rows of a CSV file a second', perSecond(imports.csv), perSecond(imports.bare), store === 'SQLite' ? 'one bare transaction' : 'a bare COPY', 0); // prettier-ignore
      const megabytes = imports.csv.map(({ maxRss }) => maxRss / 1024);
      rows.push({ store, what: 'memory of its process, MB', median: median(megabytes).toFixed(0), spread: spread(megabytes) });
      json[`outbound_import_mb_${store.toLowerCase()}`] = median(megabytes);
    }
    return { rows, json };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long a claim takes of few recipients, of many, and of few beside many whose campaign is paused; and a sweep beside those. */
async function claims(where) {
  const stores = { few: await opened(where('few')), many: await opened(where('many')) };
  await fill(stores.few.outbound, 'small', FEW);
  await fill(stores.many.outbound, 'large', MANY);
  await fill(stores.many.outbound, 'small', FEW, 'other');
  const results = { few: [], many: [], paused: [], idle: [] };
  const large = (status) => stores.many.outbound.changeCampaign('large', { status });
  for (let round = -2; round < ROUNDS; round++) {
    await large('running');
    const few = await claimed(stores.few.outbound, aClaim('small'));
    const many = await claimed(stores.many.outbound, aClaim('large'));
    await large('paused');
    const paused = await claimed(stores.many.outbound, { ...aClaim('small'), lane: 'other' });
    const idle = await timed(async () => {
      await stores.many.outbound.staleWindows(BEGAN, 100);
      await stores.many.outbound.overdue(BEGAN, 100);
      await stores.many.outbound.expire(BEGAN, 100);
      await stores.many.outbound.claim(aClaim('large'), BEGAN);
    });
    if (round < 0) continue;
    for (const [name, took] of Object.entries({ few, many, paused, idle })) results[name].push(took);
  }
  for (const store of Object.values(stores)) await store.close();
  return results;
}

/** How long a claim takes. Those who were claimed are due again afterwards, so that the next one finds as many. */
async function claimed(outbound, request) {
  let found = [];
  const took = await timed(async () => {
    found = await outbound.claim(request, BEGAN);
  });
  if (found.length !== request.most) throw new TypeError(`${found.length} were claimed, not ${request.most}`);
  const due = { outcome: 'busy', maxDials: 1_000, maxAttempts: 100_000 };
  for (const { attempt, recipient } of found) await outbound.end({ attempt, next: { at: recipient.dueAt }, ...due }, BEGAN);
  return took;
}

async function opened({ kind, file, url, schema }) {
  const store =
    kind === 'sqlite'
      ? createSqliteStore({ file, synchronous: 'NORMAL' })
      : createPostgresStore({ connectionString: url, schema, statementTimeout: 60_000 });
  await store.open();
  return store;
}

/** Runs each once a round, one after the other. */
async function inTurn(rounds, works) {
  const results = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) for (const [name, work] of Object.entries(works)) results[name].push(await work());
  return results;
}

if (process.argv[1] === import.meta.filename) {
  const { rows, json } = await measure();
  console.log(title, LANE.id);
  console.table(rows);
  console.log(JSON.stringify(json));
}
