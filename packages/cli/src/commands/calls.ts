import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CallFilter, CallStatus, JournalExport, TagFilter } from '@hookswitch/runtime';
import { type CallView, OUTCOMES, STATUSES } from '@hookswitch/runtime/inside';
import { type Command, Option } from 'commander';
import { UsageError } from '../errors/usage-error.ts';
import { type CallSource, serverCalls, storeCalls } from '../call-source.ts';
import type { Cli } from '../cli.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { configOf } from '../load/loaded-project.ts';
import { callStory } from '../output/call-story.ts';
import { formatTable } from '../output/table.ts';
import { serverApi, type ServerFlags, withServerOptions } from '../server-api.ts';
import { examples } from './examples.ts';
import { testMaker } from './export-for-tests.ts';
import { limitValue, tagValue, timeValue } from './option-values.ts';

interface SourceFlags extends ServerFlags {
  /** `true` for the store of the configuration. */
  readonly store?: string | true;
}

interface FilterFlags {
  readonly flow?: string;
  readonly site?: string;
  readonly status?: string;
  readonly outcome?: string;
  readonly number?: string;
  readonly tag?: readonly TagFilter[];
  readonly since?: number;
  readonly until?: number;
  readonly limit?: number;
}

interface ListFlags extends SourceFlags, FilterFlags {
  readonly cursor?: string;
  readonly json?: boolean;
}

interface ExportFlags extends SourceFlags, FilterFlags {
  readonly output?: string;
  readonly forTests?: boolean;
}

/** `hookswitch calls list|show|export`: what a running server, or a store, knows of calls. */
export function addCalls(calls: Command, cli: Cli): void {
  addList(calls, cli);
  addShow(calls, cli);
  addExport(calls, cli);
}

function addList(calls: Command, cli: Cli): void {
  const command = withFilters(calls.command('list').description('list calls, newest first'), cli)
    .option('--cursor <cursor>', 'the next page, from the end of the one before')
    .option('--json', 'print JSON');
  withSource(command)
    .addHelpText(
      'after',
      examples(
        ['calls list', 'the newest of the running server'],
        ['calls list --status live', 'calls in progress'],
        ['calls list --flow support --since 1d --store', 'read from the store'],
        ["calls list --tag reason=billing --tag 'amount>=1000'", 'by what the flow has noted'],
      ),
    )
    .action(async (flags: ListFlags) => {
      const page = await read(cli, command, flags, (source) =>
        source.list({ ...filterOf(flags), ...(flags.cursor === undefined ? {} : { cursor: flags.cursor }) }),
      );
      if (flags.json === true) {
        cli.printJson(page);
        return;
      }
      if (page.calls.length === 0) cli.tell('No calls.');
      else cli.print(formatTable(tableOf(page.calls, cli)));
      if (page.cursor !== null) cli.tell(`There are more: add --cursor ${page.cursor}`);
    });
}

function addShow(calls: Command, cli: Cli): void {
  const command = calls
    .command('show')
    .description('show one call and what happened in it')
    .argument('<call>', 'id of the call')
    .option('--json', 'print JSON');
  withSource(command)
    .addHelpText(
      'after',
      examples(['calls show 0f8b…', 'the call and its timeline'], ['calls show 0f8b… --json', 'with webhooks and callflows']),
    )
    .action(async (id: string, flags: SourceFlags & { readonly json?: boolean }) => {
      const { call, timeline } = await read(cli, command, flags, (source) => source.show(id));
      if (flags.json === true) {
        cli.printJson({ call, timeline });
        return;
      }
      const { error, tags, result, ...fields } = call;
      const shown = Object.entries(fields).filter(([, value]) => value !== null);
      cli.print(formatTable(shown.map(([name, value]) => [cli.colors.dim(name), String(value)])));
      if (Object.keys(tags).length > 0) cli.print(`${cli.colors.dim('tags')}  ${tagsText(tags)}`);
      if (result !== null) cli.print(`${cli.colors.dim('result')}  ${JSON.stringify(result)}`);
      if (error !== null) cli.print(`${cli.colors.dim('error')}  ${cli.colors.red(`${error.message} (${error.code})`)}`);
      const story = callStory(timeline).map(({ at, text }) => [cli.colors.dim(at), text]);
      if (story.length > 0) cli.print(`\n${formatTable(story)}`);
    });
}

function addExport(calls: Command, cli: Cli): void {
  const command = withFilters(
    calls
      .command('export')
      .description('write journals for hookswitch replay; sensitive values are • and a length')
      .argument('[calls...]', 'ids; without any, all that the filters let through'),
    cli,
  )
    .option('-o, --output <path>', 'a folder, which gets a file per call; default: one call to the standard output')
    .option('--for-tests', 'make files for replayJournals that tell nothing of callers: entries, results and numbers are made up');
  withSource(command)
    .addHelpText(
      'after',
      examples(
        ['calls export 0f8b… > call.json', 'one call'],
        ['calls export --flow support --since 7d -o journals', 'many'],
        ['calls export --flow support --since 7d --for-tests -o test/journals', 'as tests, without personal data'],
      ),
    )
    .action(async (ids: string[], flags: ExportFlags) => {
      if (ids.length !== 1 && flags.output === undefined)
        throw new UsageError('Several calls need a folder: add --output FOLDER. For one call, name its id.');
      if (flags.forTests === true && flags.output === undefined)
        throw new UsageError('Files for tests need a folder: add --output FOLDER, such as test/journals.');
      const maker = flags.forTests === true ? await testMaker(cli, command) : null;
      const count = await read(cli, command, flags, async (source) => {
        const wanted = ids.length > 0 ? ids : await idsOf(source, filterOf(flags));
        for (const [index, id] of wanted.entries()) {
          cli.progress.update(`Exporting call ${index + 1} of ${wanted.length} …`);
          const journal = await source.journal(id);
          if (maker === null) put(journal, flags.output, cli);
          else maker.take(journal, (made) => put(made, flags.output, cli));
        }
        return wanted.length;
      });
      if (maker !== null) {
        for (const line of maker.summary(flags.output ?? '')) cli.tell(line);
        cli.exitCode = EXIT_CODES[maker.written > 0 ? 'ok' : 'findings'].code;
      } else if (flags.output !== undefined) cli.tell(`Wrote ${count} ${count === 1 ? 'journal' : 'journals'} to ${flags.output}.`);
    });
}

function put(journal: Pick<JournalExport, 'flow' | 'call'>, output: string | undefined, cli: Cli): void {
  if (output === undefined) {
    cli.printJson(journal);
    return;
  }
  const folder = resolve(cli.context.cwd, output);
  mkdirSync(folder, { recursive: true });
  // Both names come from a server: they name a file, and nothing else.
  const [flow, id] = [journal.flow, journal.call.id].map(fileName);
  writeFileSync(join(folder, `${flow}-${id}.json`), `${JSON.stringify(journal, null, 2)}\n`);
}

/** Of a name what every file system takes. */
function fileName(name: unknown): string {
  return String(name)
    .replace(/[^A-Za-z0-9_-]/g, '_')
    .slice(0, 80);
}

/** All pages; a limit bounds them together. */
async function idsOf(source: CallSource, filter: CallFilter): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Awaited<ReturnType<CallSource['list']>> = await source.list({ ...filter, ...(cursor === '' ? {} : { cursor }) });
    ids.push(...page.calls.map(({ id }) => id));
    cursor = filter.limit !== undefined && ids.length >= filter.limit ? null : page.cursor;
  }
  return ids;
}

function withFilters(command: Command, { context }: Cli): Command {
  return command
    .option('--flow <name>', 'calls of one flow')
    .option('--site <site>', 'calls that stand at one site, or ended there')
    .option('--status <status>', `one or several, comma separated: ${STATUSES.join(', ')}`)
    .addOption(new Option('--outcome <outcome>', 'several statuses by one word').choices(Object.keys(OUTCOMES)).conflicts('status'))
    .option('--number <number>', 'calls from or to a number; a part of one does only where numbers are shown')
    .option('--tag <condition>', "reason=billing, 'amount>=1000'; by = != < <= > >=, any number of times", tagValue)
    .option('--since <time>', 'started after: 30m, 2h, 7d, or ISO 8601', timeValue(context.now))
    .option('--until <time>', 'started before, alike', timeValue(context.now))
    .option('--limit <number>', '1..500', limitValue);
}

function withSource(command: Command): Command {
  return withServerOptions(command).option(
    '--store [store]',
    'read a store instead of asking a server; without a value that of the configuration',
  );
}

function filterOf({ flow, site, status, outcome, number, tag, since, until, limit }: FilterFlags): CallFilter {
  return {
    ...(flow === undefined ? {} : { flow }),
    ...(site === undefined ? {} : { site }),
    ...(status === undefined ? {} : { status: status.split(',').map(statusOf) }),
    ...(outcome === undefined ? {} : { status: OUTCOMES[outcome as keyof typeof OUTCOMES] }),
    ...(number === undefined ? {} : { number: number.replace(/^\+/, '') }),
    ...(tag === undefined ? {} : { tags: tag }),
    ...(since === undefined ? {} : { startedAfter: since }),
    ...(until === undefined ? {} : { startedBefore: until }),
    ...(limit === undefined ? {} : { limit }),
  };
}

function statusOf(text: string): CallStatus {
  const found = STATUSES.find((status) => status === text.trim());
  if (found === undefined) throw new UsageError(`--status: there is no ${JSON.stringify(text)}. There are ${STATUSES.join(', ')}.`);
  return found;
}

/** Does something with the calls that the flags name, and lets go of them. */
async function read<T>(cli: Cli, command: Command, flags: SourceFlags, task: (source: CallSource) => Promise<T>): Promise<T> {
  const { values } = await configOf(cli, command);
  cli.progress.update('Reading calls …');
  const url = flags.store === true ? (values.store ?? 'memory') : flags.store;
  const source = url === undefined ? serverCalls(serverApi(flags, values, cli.context)) : await storeCalls(url, values);
  try {
    return await task(source);
  } finally {
    cli.progress.done();
    await source.close();
  }
}

/** A column of tags only where there are some. */
function tableOf(calls: readonly CallView[], { colors }: Cli): readonly (readonly string[])[] {
  const hasTags = calls.some(({ tags }) => Object.keys(tags).length > 0);
  const more = (text: string): readonly string[] => (hasTags ? [text] : []);
  return [
    ['CALL', 'STARTED', 'FLOW', 'STATUS', 'SITE', 'FROM', 'TO', ...more('TAGS')].map(colors.dim),
    ...calls.map((call) => [...rowOf(call), ...more(tagsText(call.tags))]),
  ];
}

function tagsText(tags: CallView['tags']): string {
  return Object.entries(tags)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function rowOf({ id, startedAt, flow, flowVersion, status, site, lastSite, from, to }: CallView): readonly string[] {
  return [id, startedAt, flowVersion === '1' ? flow : `${flow} ${flowVersion}`, status, lastSite ?? site, from ?? 'withheld', to];
}
