import type { SessionSettings } from '@hookswitch/runtime';
import type { BehaviourOptions, LoadProgress } from '@hookswitch/simulator';
import { type Command, Option } from 'commander';
import { UsageError } from '../errors/usage-error.ts';
import { SETTINGS } from '../config/settings.ts';
import type { Cli } from '../cli.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { configOf, flowNamed, flowsOf } from '../load/loaded-project.ts';
import { logStream } from '../output/log-stream.ts';
import { directionsOf } from '../simulate/call-plans.ts';
import { formatSimulation } from '../simulate/format-simulation.ts';
import { platformSetting } from '../simulate/platform-setting.ts';
import { type Run, runSimulation } from '../simulate/run-simulation.ts';
import { examples } from './examples.ts';
import { countValue, rateValue } from './option-values.ts';
import { untilStopped } from './until-stopped.ts';

interface Flags {
  readonly calls: number;
  readonly concurrency: number;
  readonly chaos: readonly string[];
  readonly seed?: string;
  readonly delivery?: SessionSettings['delivery'];
  readonly platform: BehaviourOptions;
  readonly direction?: 'inbound' | 'outbound';
  readonly realSteps?: boolean;
  readonly failingSteps: number;
  readonly think: number;
  readonly realTime?: boolean;
  readonly store?: string;
  readonly logLevel: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

const RUNS: Readonly<Record<Run, string>> = { calm: 'Undisturbed', disturbed: 'With chaos' };

/** `hookswitch simulate <flow> [flows…]`: many calls with chaos, and whether callers heard what they should. */
export function addSimulate(command: Command, cli: Cli): void {
  command
    .argument('<flow>', 'name of the flow')
    .argument('[flows...]', 'folders and files with flows; default: those of the configuration')
    .option('-n, --calls <number>', 'how many calls', countValue('--calls', 1_000_000), 100)
    .option('--concurrency <number>', 'how many at the same time', countValue('--concurrency', 10_000), 50)
    .option('--chaos <kind=rate>', 'what goes wrong, and how often: duplicates=0.1; repeatable', collect, [])
    .option('--seed <seed>', 'what calls and chaos are drawn by; default: drawn, and told')
    .addOption(new Option('--delivery <delivery>', SETTINGS.delivery.description).choices(SETTINGS.delivery.enum))
    .option('--platform <name=value>', 'how the platform behaves, e.g. vcaPer=action; repeatable', platformSetting, {})
    .addOption(
      new Option('--direction <direction>', "which way calls go; default: as the flow's examples say").choices(['inbound', 'outbound']),
    )
    .option('--real-steps', 'run the steps, in place of drawing from their examples')
    .option('--failing-steps <rate>', 'how often a step fails that is not really run, 0..1', rateValue, 0)
    .option('--think <ms>', 'how long callers think before they press a key, on average', countValue('--think', 600_000, 0), 1_000)
    .option('--real-time', 'let time pass as it does, so that thinking takes its time')
    .option('--store <store>', 'where disturbed calls are kept; default: a file that is removed at the end')
    .addOption(
      new Option('--log-level <level>', "lowest level of the server's log lines").choices(SETTINGS.logLevel.enum).default('silent'),
    )
    .option('--strict', 'let places that nobody reached count as a finding')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        ['simulate support', 'a hundred calls, nothing goes wrong'],
        ['simulate support flows/ -n 1000 --chaos duplicates=0.1 --chaos lost=0.05 --seed 7', 'chaos that can be had again'],
        ['simulate support --chaos restarts=0.01', 'the server is restarted between two keys'],
        ['simulate support --delivery action --platform vcaPer=action', 'a platform that asks after each action'],
      ),
    )
    .action(async (name: string, paths: string[], flags: Flags, command: Command) => {
      const simulator = await import('@hookswitch/simulator');
      const config = await configOf(cli, command);
      const loaded = flowNamed(await flowsOf(cli, config, paths), name);
      const { calls, concurrency, realSteps = false, seed = String(Math.floor(Math.random() * 1e6)) } = flags;
      const directions = flags.direction === undefined ? directionsOf(loaded.flow) : [flags.direction];
      const { params, examples: given } = loaded.flow.options;
      if (directions.includes('outbound') && params !== null && (given.params ?? []).length === 0)
        throw new UsageError(
          `The flow "${name}" needs params, and gives no example of them. Add examples: { params: [{ … }] } to it, or make calls come in: --direction inbound.`,
        );
      const signal = untilStopped(cli);
      const delivery = flags.delivery ?? config.values.delivery ?? 'callflow';
      const { dim, yellow } = cli.noteColors;
      if (delivery === 'callflow' && flags.platform.vcaPer === 'action')
        cli.tell(yellow('A platform that asks after each action needs --delivery action: with callflow, callers are taken to be silent.'));
      cli.tell(dim(`${name}: ${calls} calls, ${concurrency} at a time, seed ${seed}; ${flags.chaos.join(', ') || 'no chaos'}`));
      const report = await runSimulation(
        {
          ...flags,
          ...{ config: config.values, loaded, seed, delivery, realSteps, directions },
          ...{ behaviour: flags.platform, thinkMs: flags.think, realTime: flags.realTime ?? false, store: flags.store ?? null },
          ownHooks: realSteps,
          logStream: await logStream(cli.context),
          onProgress: (run, progress) => tellProgress(cli, run, progress),
          signal,
        },
        simulator,
        cli.context,
      );
      cli.progress.done();
      if (flags.json === true)
        cli.printJson({
          flow: name,
          version: loaded.flow.options.version,
          seed,
          calls,
          concurrency,
          chaos: flags.chaos,
          delivery,
          ...report,
        });
      else cli.print(formatSimulation(report, cli.colors));
      const missed = flags.strict === true && report.places.reached.length < report.places.all.length;
      cli.exitCode = EXIT_CODES[report.interrupted ? 'interrupted' : report.ok && !missed ? 'ok' : 'findings'].code;
    });
}

function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

function tellProgress(cli: Cli, run: Run, { done, calls, wrong, lost }: LoadProgress): void {
  const trouble = wrong + lost > 0 ? `, ${wrong} wrong, ${lost} lost` : '';
  cli.progress.update(`${RUNS[run]}: ${done} of ${calls} calls${trouble} …`);
}
