import type { Command } from 'commander';
import { UsageError } from '../errors/usage-error.ts';
import type { Cli } from '../cli.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { configOf } from '../load/loaded-project.ts';
import { insightsCsv, insightTables } from '../output/insights-tables.ts';
import { formatTable } from '../output/table.ts';
import { serverApi, type ServerFlags, withServerOptions } from '../server-api.ts';
import { examples } from './examples.ts';
import { timeValue } from './option-values.ts';
import { untilStopped } from './until-stopped.ts';

interface Flags extends ServerFlags {
  readonly since?: number;
  readonly until?: number;
  readonly version?: string;
  readonly compare?: string;
  readonly number?: string;
  readonly zone?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** `hookswitch insights`: what the calls of a flow came to. */
export function addInsights(command: Command, cli: Cli): void {
  const { now } = cli.context;
  command
    .argument('[flow]', 'name of the flow; may be left out where the server has one')
    .option('--since <time>', 'calls that began after: 24h, 7d, or ISO 8601; default: 7d', timeValue(now))
    .option('--until <time>', 'calls that began before, alike; default: now', timeValue(now))
    .option('--version <version>', 'one version of the flow; default: all together')
    .option('--compare <version>', 'beside it another version, or before: the period of the same length right before')
    .option('--number <number>', 'calls of one of your numbers')
    .option('--zone <zone>', 'time zone of the days, such as Asia/Singapore; default: UTC')
    .option('--json', 'print JSON')
    .option('--csv', 'print lines for a spreadsheet');
  withServerOptions(command)
    .addHelpText(
      'after',
      examples(
        ['insights support', 'the last seven days'],
        ['insights support --since 30d --version 2 --compare 1', 'two versions side by side'],
        ['insights support --compare before', 'this week and the one before'],
        ['insights support --csv > support.csv', 'for a spreadsheet'],
      ),
    )
    .action(async (flow: string | undefined, flags: Flags) => {
      if (flags.json === true && flags.csv === true) throw new UsageError('Give --json or --csv, not both.');
      const { values } = await configOf(cli, command);
      cli.progress.update('Reading insights …');
      const view = await serverApi(flags, values, cli.context).insights(queryOf(flow, flags));
      cli.progress.done();
      if (flags.json === true) cli.printJson(view);
      else if (flags.csv === true) cli.print(insightsCsv(view));
      else if (view.figures.calls === 0 && (view.compared?.calls ?? 0) === 0)
        cli.tell(
          `No call of ${view.flow} that began between ${view.figures.since} and ${view.figures.until} is counted. Calls are counted when they end; try --since 30d.`,
        );
      else
        cli.print(
          insightTables(view)
            .map(({ title, rows }) => `${cli.colors.bold(title)}\n${formatTable(rows)}`)
            .join('\n\n'),
        );
      if (!view.complete)
        cli.tell('Some calls may be missing: more wait to be added to the counters than are read at once. Ask again in a minute.');
      if (view.uncounted) cli.tell('Some calls ended before they were counted: hookswitch backfill counts them.');
    });
}

/** `hookswitch backfill`: counts calls that ended before they were. */
export function addBackfill(command: Command, cli: Cli): void {
  command.option('--json', 'print JSON');
  withServerOptions(command)
    .addHelpText('after', examples(['backfill', 'each call is counted once, however often this is stopped and begun again']))
    .action(async (flags: ServerFlags & { readonly json?: boolean }) => {
      const { values } = await configOf(cli, command);
      const api = serverApi(flags, values, cli.context);
      const stopped = untilStopped(cli);
      let counted = 0;
      let more = true;
      while (more && !stopped.aborted) {
        cli.progress.update(`Counting calls … ${counted.toLocaleString('en-US')}`);
        const batch = await api.countEnded();
        counted += batch.counted;
        ({ more } = batch);
      }
      cli.progress.done();
      if (flags.json === true) cli.printJson({ counted, more });
      else
        cli.tell(
          `Counted ${counted.toLocaleString('en-US')} ${counted === 1 ? 'call' : 'calls'}.${more ? ' There are more: run it again.' : ''}`,
        );
      if (more) cli.exitCode = EXIT_CODES.findings.code;
    });
}

function queryOf(flow: string | undefined, { since, until, version, compare, number, zone }: Flags) {
  const iso = (at: number): string => new Date(at).toISOString();
  return {
    ...(flow === undefined ? {} : { flow }),
    ...(since === undefined ? {} : { since: iso(since) }),
    ...(until === undefined ? {} : { until: iso(until) }),
    ...(version === undefined ? {} : { version }),
    ...(compare === undefined ? {} : { compare }),
    ...(number === undefined ? {} : { number }),
    ...(zone === undefined ? {} : { zone }),
  };
}
