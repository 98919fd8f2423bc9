import { setTimeout as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createPersonOf } from '../../campaigns/person.ts';
import { createMemoryStore } from '../../store/memory/memory-store.ts';
import { NOON } from '../../store/contract/call.ts';
import { begin, recipientsOf } from '../../store/contract/outbound/campaign.ts';
import type { OutboundStore } from '../../store/outbound/outbound-store.ts';
import { paramTypes } from './columns.ts';
import { importRecipients, type ImportProgress, type ImportRequest, MAX_PROBLEMS } from './import-recipients.ts';
import type { RowProblem } from './source-row.ts';
import type { RecipientRules } from './to-recipient.ts';

const rules: RecipientRules = { schema: null, country: 'SG', zone: 'Europe/Berlin', dueAt: NOON, personOf: createPersonOf('k') };
const EXAMPLES = [{ name: 'Ann', amount: 12.5, isFirst: true, visit: { day: 'Monday' } }];

async function aStore(): Promise<OutboundStore> {
  const store = createMemoryStore();
  await store.open();
  await begin(store.outbound as OutboundStore, [], { status: 'draft' });
  return store.outbound as OutboundStore;
}

/** The bytes of a text, so many at a time. */
async function* bytesOf(text: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

interface Came {
  readonly problems: readonly RowProblem[];
  readonly progress: ImportProgress | undefined;
  readonly error: unknown;
}

async function run(store: OutboundStore, text: string | Uint8Array, changes: Partial<ImportRequest> = {}, size = 7): Promise<Came> {
  const problems: RowProblem[] = [];
  let progress: ImportProgress | undefined;
  const request = { campaign: 'spring', format: 'csv', source: bytesOf(text, size), rules, params: new Map(), ignored: [] } as const;
  try {
    for await (const note of importRecipients(store, { ...request, ...changes }))
      if ('problem' in note) problems.push(note.problem);
      else progress = note.progress;
    return { problems, progress, error: null };
  } catch (error) {
    return { problems, progress, error };
  }
}

describe('an import', () => {
  it('adds the rows of a CSV file, and knows zones by column, by country, or by the campaign', async () => {
    const store = await aStore();
    const text = 'key,number,zone,name\r\na,+65 9123 4567,,Ann\nb,"91234568",Asia/Tokyo,"Bob ""B"", Jr"\n\nc,+12015550123,,\n';
    const { progress, problems } = await run(store, text);
    expect(problems).toEqual([]);
    expect(progress).toEqual({
      ...{ bytes: text.length, rows: 3, added: 3, known: 0, refused: 0, faults: {} },
      zones: { given: 1, country: 1, default: 1 },
    });
    expect(await recipientsOf(store)).toMatchObject({
      a: { phone: '+6591234567', zone: 'Asia/Singapore', person: rules.personOf('+6591234567'), params: '{"name":"Ann"}', dueAt: NOON },
      b: { phone: '+6591234568', zone: 'Asia/Tokyo', params: '{"name":"Bob \\"B\\", Jr"}' },
      c: { phone: '+12015550123', zone: 'Europe/Berlin', params: '{}' },
    });
  });

  it('adds the rows of an NDJSON file', async () => {
    const store = await aStore();
    const rows = [
      { number: '+6591234567', params: { a: { b: [1] } }, notBefore: '2026-11-23T08:00:00+08:00' },
      { key: 7, number: '91234568' },
    ];
    const { progress } = await run(store, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n\n`, { format: 'ndjson' });
    expect(progress).toMatchObject({ rows: 2, added: 2, refused: 0 });
    expect(await recipientsOf(store)).toMatchObject({
      '+6591234567': { params: '{"a":{"b":[1]}}', dueAt: Date.parse('2026-11-23T00:00:00Z') },
      '7': { phone: '+6591234568' },
    });
  });

  it.each([1, 3, 1_000])('reads a file the same in pieces of %i bytes', async (size) => {
    const store = await aStore();
    const { progress } = await run(store, '\uFEFFkey;number;name\r\n1;91234567;Zoë 欢迎\r\n2;91234568;"a;b\r\nc"', {}, size);
    expect(progress).toMatchObject({ rows: 2, added: 2 });
    expect(await recipientsOf(store)).toMatchObject({ '1': { params: '{"name":"Zoë 欢迎"}' }, '2': { params: '{"name":"a;b\\r\\nc"}' } });
  });

  it('of the same file adds nothing a second time, nor do two at once', async () => {
    const store = await aStore();
    const text = `number\n${Array.from({ length: 1_200 }, (_, index) => 90_000_000 + index).join('\n')}`;
    const both = await Promise.all([run(store, text), run(store, text)]);
    expect(both.reduce((sum, { progress }) => sum + (progress?.added ?? 0), 0)).toBe(1_200);
    expect((await run(store, text)).progress).toMatchObject({ rows: 1_200, added: 0, known: 1_200 });
  });

  it('reads the params of a flow with examples as those are: texts, numbers, true or false, and within others', async () => {
    const store = await aStore();
    const params = paramTypes(EXAMPLES);
    const text =
      'key,number,name,amount,isFirst,visit.day,params.extra,note\n1,91234567,007,1.5,TRUE,Monday,x,y\n2,91234568,B,much,maybe,,,\n';
    const { problems } = await run(store, text, { params, ignored: ['note'] });
    expect((await recipientsOf(store))['1']?.params).toBe(
      '{"name":"007","amount":1.5,"isFirst":true,"visit":{"day":"Monday"},"extra":"x"}',
    );
    expect(problems).toEqual([
      { line: 3, column: 'amount', fault: 'params', value: 'much', message: 'must be a number, such as 12.50.' },
      { line: 3, column: 'isFirst', fault: 'params', value: 'maybe', message: 'must be true or false.' },
    ]);
  });

  it('says of each bad row where, what stands there, masked, and what to do, and takes all others', async () => {
    const store = await aStore();
    const text = [
      'key,number,zone,country,notBefore',
      'a,,,,',
      'b,+6591234567890123,Mars/Base,Singapore,tomorrow',
      'c,91234567',
      'd,6.5E+9,,,',
      'e,91234567,,,2026-02-30T08:00:00Z',
      `${'k'.repeat(257)},91234567,,,`,
      'f,9123"4567,,,',
      'g,91234567,,,',
    ].join('\n');
    const { problems, progress } = await run(store, text);
    expect(problems.map(({ line, column, value, fault }) => [line, column, value, fault])).toEqual([
      [2, 'number', null, 'number'],
      [3, 'country', 'Singapore', 'country'],
      [3, 'number', '+65••••23', 'number'],
      [3, 'zone', 'Mars/Base', 'zone'],
      [3, 'notBefore', 'tomorrow', 'time'],
      [4, null, null, 'columns'],
      [5, 'number', '••••', 'number'],
      [6, 'notBefore', '2026-02-30T08:00:00Z', 'time'],
      [7, 'key', null, 'key'],
      [8, null, null, 'quote'],
    ]);
    expect(problems.find(({ line }) => line === 5)?.message).toContain('spreadsheet');
    expect(problems.map(({ message }) => message).join(' ')).not.toMatch(/65912345|91234567/);
    expect(progress).toMatchObject({
      rows: 8,
      added: 1,
      refused: 7,
      faults: { number: 2, country: 1, columns: 1, time: 1, key: 1, quote: 1 },
    });
  });

  it('names all that a flow refuses of the params of a row, by their paths', async () => {
    const store = await aStore();
    const schema = z.object({ name: z.string().min(2), visit: z.object({ day: z.enum(['Monday']) }) });
    const { problems } = await run(store, 'number,name,visit.day\n91234567,A,Someday\n91234568,Bob,Monday\n', {
      rules: { ...rules, schema },
    });
    expect(problems.map(({ column, fault }) => [column, fault])).toEqual([
      ['name', 'params'],
      ['visit.day', 'params'],
    ]);
  });

  it('needs a country for numbers without its code', async () => {
    const { problems } = await run(await aStore(), 'number\n91234567\n', { rules: { ...rules, country: null } });
    expect(problems[0]?.message).toContain('add a column "country"');
  });

  it.each<[string, string, readonly string[]]>([
    ['twice', 'number,key,number\n', ['"number" is there twice']],
    ['unknown, with the near miss', 'number,nmae,zome\n', ['"nmae": Did you mean "name"?', '"zome": Did you mean "zone"?']],
    ['none for the number', 'key,name\n', ['no column "number"']],
    ['one without a name', 'number,,name\n', ['column 2 has no name']],
  ])('refuses a header with columns that are %s, and says it of all', async (_, text, says) => {
    const { error } = await run(await aStore(), text, { params: paramTypes(EXAMPLES) });
    expect(error).toMatchObject({ code: 'HS_IMPORT_HEADER', line: 1 });
    for (const part of says) expect((error as Error).message).toContain(part);
  });

  it('takes what looks like a slip of a column for one, where nothing is known of the params', async () => {
    expect((await run(await aStore(), 'Number,name\n91234567,A\n')).error).toMatchObject({ code: 'HS_IMPORT_HEADER' });
    expect((await run(await aStore(), 'number,orderNumber\n91234567,A\n')).progress).toMatchObject({ added: 1 });
  });

  const many = Array.from({ length: 700 }, (_, index) => `a${index},${90_000_000 + index},x`).join('\n');
  it.each<[string, string | Uint8Array, string, number | null]>([
    ['a quote that never ends', `key,number,name\n${many}\nb,91234567,"x\nc,91234568,y\n`, 'HS_IMPORT_QUOTE', 702],
    ['something behind a closing quote', `key,number,name\n${many}\nb,91234567,"x"y\nc,91234568,y\n`, 'HS_IMPORT_QUOTE', 702],
    ['a row of a megabyte', `key,number,name\n${many}\nb,91234567,${'x'.repeat(1_000_000)}\n`, 'HS_IMPORT_ROW_LENGTH', 702],
    ['a quote that swallows a megabyte', `key,number,name\n${many}\nb,91234567,"${'x\n'.repeat(500_000)}`, 'HS_IMPORT_ROW_LENGTH', 702],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from(`key,number,name\n${many}\nb,91234567,`), Buffer.from([0xe9, 0x0a])]),
      'HS_IMPORT_ENCODING',
      702,
    ],
  ])('stops at %s, says in which line, and keeps what came before', async (_, text, code, line) => {
    const store = await aStore();
    const { error, progress } = await run(store, text, {}, 10_000);
    expect(error).toMatchObject({ code, line });
    expect([progress?.rows, progress?.added, Object.keys(await recipientsOf(store)).length]).toEqual([700, 700, 700]);
  });

  it.each([
    ['csv', ''],
    ['csv', '\n'],
    ['ndjson', '\n\n'],
  ] as const)('refuses an empty file: %s, %j', async (format, text) => {
    expect((await run(await aStore(), text, { format })).error).toMatchObject({ code: 'HS_IMPORT_EMPTY' });
  });

  it.each<[string, string]>([
    ['{"number":', 'is no JSON'],
    ['[1]', 'must be a JSON object'],
    ['{"number":6591234567}', 'must be a text'],
    ['{"number":"+6591234567","name":"x"}', 'What the flow needs goes into "params"'],
    ['{"number":"+6591234567","parms":{}}', 'Did you mean "params"?'],
    ['{"number":"+6591234567","params":[]}', 'must be an object'],
  ])('says what is wrong with the line %s', async (text, says) => {
    const { problems } = await run(await aStore(), `${text}\n{"number":"+6591234567"}`, { format: 'ndjson' });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(says);
  });

  it('tells a thousand problems, and counts the others', async () => {
    const { problems, progress } = await run(await aStore(), `number\n${'x\n'.repeat(MAX_PROBLEMS + 5)}`);
    expect([problems.length, progress?.refused]).toEqual([MAX_PROBLEMS, MAX_PROBLEMS + 5]);
  });

  it('reads no further than it has stored', async () => {
    const store = await aStore();
    let read = 0;
    async function* source(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('number\n');
      for (; read < 100_000; read++) yield Buffer.from(`${90_000_000 + read}\n`);
    }
    const notes = importRecipients(store, { campaign: 'spring', format: 'csv', source: source(), rules, params: new Map(), ignored: [] });
    await notes.next();
    await turn(0);
    expect(read).toBeLessThan(3_000);
    await notes.return(undefined);
  });
});
