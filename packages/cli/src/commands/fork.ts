import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ForkView } from '@hookswitch/console/inside';
import type { JournalFile } from '@hookswitch/dsl';
import { Option, type Command } from 'commander';
import { storeCalls, serverCalls } from '../call-source.ts';
import type { Cli } from '../cli.ts';
import { SETTINGS } from '../config/settings.ts';
import { startDev } from '../dev/dev.ts';
import { UsageError } from '../errors/usage-error.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { configOf, flowsOf } from '../load/loaded-project.ts';
import type { LoadedConfig } from '../load/load-config.ts';
import { readJournal } from '../load/read-journal.ts';
import { formatFork } from '../output/fork-story.ts';
import { serverApi } from '../server-api.ts';
import { examples } from './examples.ts';
import { deedsOf } from './fork-deeds.ts';
import { countValue, portValue } from './option-values.ts';
import { openBrowser, untilTold } from './until-told.ts';

interface Flags {
  readonly turn?: number;
  readonly from?: string;
  /** `true` for the store of the configuration. */
  readonly store?: string | true;
  readonly token?: string;
  readonly flowVersion?: string;
  readonly askSteps?: boolean;
  readonly keys?: readonly string[];
  readonly test?: string;
  readonly json?: boolean;
  readonly port: number;
  readonly open?: boolean;
}

const LOOPBACK = '127.0.0.1';

/** `hookswitch fork <call> [flows…] --turn 3`: a call that happened, played on from one of its turns on the code at hand. */
export function addFork(command: Command, cli: Cli): void {
  command
    .argument('<call>', 'id of a call, or a file that hookswitch calls export has written')
    .argument('[flows...]', 'folders and files with flows; default: those of the configuration')
    .option('--turn <number>', 'from which turn; default: the last one', countValue('--turn', 1_000_000, 0))
    .option('--from <url>', 'the server that has the call; default: HOOKSWITCH_URL, else host and port of the configuration')
    .option('--store [store]', 'read the call from a store instead: its address, or that of the configuration')
    .option('--token <token>', 'a bearer token of the server, with the role read; default: HOOKSWITCH_API_TOKEN')
    .option('--flow-version <version>', 'on which version of the flow; default: the newest')
    .option('--ask-steps', 'say what steps behind the turn give, also where that was recorded')
    .option('--keys <keys...>', 'play at once, without a page: 1 1234# silence busy hang-up, an example of a step, or its JSON')
    .option('--test <file>', 'with --keys: write the fork as a vitest file')
    .option('--json', 'with --keys: print JSON')
    .addOption(new Option('-p, --port <port>', SETTINGS.port.description).argParser(portValue).default(0, 'any that is free'))
    .option('-o, --open', 'open the page in the browser')
    .addHelpText(
      'after',
      examples(
        ['fork 0f8b… flows/ --turn 3 --from https://ivr.example.com', 'a phone in the browser'],
        ['fork journals/0f8b.json --turn 3 --keys 2 busy', 'in the terminal'],
        ['fork 0f8b… --store --turn 3 --keys 2 --test flows/forked.test.ts', 'as a test'],
      ),
    )
    .action(async (given: string, paths: string[], flags: Flags, command: Command) => {
      if (flags.keys === undefined && (flags.test !== undefined || flags.json === true))
        throw new UsageError('--test and --json need --keys, which says what is done: hookswitch fork CALL --turn 3 --keys 1 busy.');
      const config = await configOf(cli, command);
      const { id, journal } = await recordingOf(given, flags, config, cli);
      const turn = flags.turn ?? (await lastTurn(journal));
      if (flags.keys === undefined) await openPhone(cli, command, { id, journal, turn, paths, flags });
      else await playAtOnce(cli, config, { id, journal, turn, paths, flags, keys: flags.keys });
    });
}

interface Recording {
  readonly id: string;
  readonly journal: JournalFile;
}

interface Forking extends Recording {
  readonly turn: number;
  readonly paths: readonly string[];
  readonly flags: Flags;
}

async function recordingOf(given: string, { from, store, token }: Flags, { values }: LoadedConfig, cli: Cli): Promise<Recording> {
  const { context } = cli;
  if (/\.json$/.test(given) || existsSync(resolve(context.cwd, given))) {
    const journal = readJournal(given, context.cwd);
    return { id: journal.call.id, journal };
  }
  if (from !== undefined && !/^https?:\/\//.test(from))
    throw new UsageError(`--from is the address of a server, such as https://ivr.example.com. A file is given in place of the call's id.`);
  if (from !== undefined && store !== undefined) throw new UsageError('Give --from or --store, not both.');
  const url = store === true ? values.store : store;
  if (store !== undefined && url === undefined)
    throw new UsageError('No store is configured: give its address, --store sqlite:FILE or --store postgres://…');
  cli.progress.update('Fetching the call …');
  const flagsOf = { ...(from === undefined ? {} : { url: from }), ...(token === undefined ? {} : { token }) };
  const source = url === undefined ? serverCalls(serverApi(flagsOf, values, context)) : await storeCalls(url, values);
  try {
    return { id: given, journal: (await source.journal(given)) as JournalFile };
  } finally {
    await source.close();
    cli.progress.done();
  }
}

async function lastTurn(journal: JournalFile): Promise<number> {
  const { turnsOfJournal } = await import('@hookswitch/dsl/inside/fork');
  return turnsOfJournal(journal).at(-1)?.turn ?? 0;
}

/** The page of `hookswitch dev`, with the recorded call at hand: what is saved in the flows meanwhile is what is heard next. */
async function openPhone(cli: Cli, command: Command, { id, journal, turn, paths, flags }: Forking): Promise<void> {
  const { config: configFile = null } = command.optsWithGlobals<{ config?: string }>();
  const running = await startDev({
    project: { cwd: cli.context.cwd, paths, configFile, logLevel: 'warn' },
    host: LOOPBACK,
    port: flags.port,
    recordings: { [id]: journal },
    output: { out: (line) => cli.tell(line), err: (line) => cli.tell(line) },
    onServing: () => undefined,
    onChecked: () => undefined,
    onProblem: ({ message, code }) => cli.tell(`${cli.noteColors.red('✗')} ${message} ${cli.noteColors.dim(`(${code})`)}`),
  });
  const stopped = untilTold(cli);
  const query = new URLSearchParams({
    turn: String(turn),
    ...(flags.flowVersion === undefined ? {} : { version: flags.flowVersion }),
    ...(flags.askSteps === true ? { steps: 'ask' } : {}),
  });
  const page = `${running.url}/console/#/fork/${encodeURIComponent(id)}?${query}`;
  cli.tell(`${cli.noteColors.bold('Play on from')} ${cli.noteColors.cyan(page)}`);
  if (flags.open === true) openBrowser(page);
  await stopped;
  await running.close();
}

async function playAtOnce(cli: Cli, config: LoadedConfig, forking: Forking & { readonly keys: readonly string[] }): Promise<void> {
  const { id, journal, turn, paths, flags, keys } = forking;
  const { playFork, recordedAs, writeForkTest } = await import('@hookswitch/console/inside');
  const loaded = (await flowsOf(cli, config, paths)).filter(({ flow }) => flow.name === journal.flow);
  const forked = { ...recordedAs(id, journal), flows: loaded.map(({ flow }) => flow), showNumbers: true };
  const order = { turn, version: flags.flowVersion, deeds: deedsOf(keys), askSteps: flags.askSteps === true };
  const view: ForkView = playFork(forked, order);
  if (flags.test !== undefined) {
    const { code } = await writeForkTest(forked, order, loaded.at(-1)?.file ?? null);
    writeFileSync(resolve(cli.context.cwd, flags.test), code);
    cli.tell(`Wrote ${flags.test}.`);
  }
  if (flags.json === true) cli.printJson(view);
  else cli.print(formatFork(view, cli.colors));
  if (view.refused !== null) throw new UsageError(`${keys[view.refused.index] ?? 'The last one'}: ${view.refused.message}`);
  cli.exitCode = EXIT_CODES[view.stray === null ? 'ok' : 'findings'].code;
}
