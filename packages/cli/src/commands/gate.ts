import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { UsageError } from '../errors/usage-error.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { checkFlows, readKnownProblems } from '../gate/check-flows.ts';
import { folderSource } from '../gate/folder-source.ts';
import { formatGate } from '../gate/format-gate.ts';
import { gateMarkdown } from '../gate/gate-markdown.ts';
import { compareFlows, counted, gateReport } from '../gate/gate-report.ts';
import type { GateSource } from '../gate/gate-source.ts';
import { type GateProgress, runGate } from '../gate/run-gate.ts';
import { serverSource } from '../gate/server-source.ts';
import { configOf, flowsOf } from '../load/loaded-project.ts';
import type { LoadedConfig } from '../load/load-config.ts';
import { serverApi } from '../server-api.ts';
import { examples } from './examples.ts';
import { countValue, timeValue } from './option-values.ts';
import { untilStopped } from './until-stopped.ts';

interface Flags {
  readonly from?: string;
  readonly token?: string;
  readonly sample: number;
  readonly since?: number;
  readonly known?: string;
  readonly markdown?: string;
  readonly json?: boolean;
}

const DAY = 86_400_000;
const USUAL_DAYS = 30;

/** `hookswitch gate [flows…] --from <source>`: whether calls that happened, and those in progress, fit the code that is about to be deployed. */
export function addGate(command: Command, cli: Cli): void {
  command
    .argument('[flows...]', 'folders and files with flows; default: those of the configuration')
    .option('--from <source>', 'a running server, or a folder of exported journals; default: HOOKSWITCH_URL')
    .option('--token <token>', 'a bearer token of the server, with the role read; default: HOOKSWITCH_API_TOKEN')
    .option(
      '--sample <number>',
      'past calls that are replayed, of each flow, version and last arrow its share',
      countValue('--sample', 1_000_000),
      500,
    )
    .option(
      '--since <time>',
      `past calls that began after: 30m, 2h, 7d, or ISO 8601; default: ${USUAL_DAYS}d; a folder counts whole`,
      timeValue(cli.context.now),
    )
    .option('--known <file>', 'what hookswitch check --json printed before: only problems that are not in it count, warnings too')
    .option('--markdown <file>', 'write a report for a pull request, with the charts of old and new in one picture')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        ['gate --from https://ivr.example.com', 'before a deploy'],
        ['gate flows/ --from https://ivr.example.com --sample 2000 --markdown gate.md', 'in a pull request'],
        ['gate --from journals', 'a folder that hookswitch calls export has written'],
      ),
    )
    .action(async (paths: string[], flags: Flags, command: Command) => {
      const config = await configOf(cli, command);
      const { context } = cli;
      const known = flags.known === undefined ? null : readKnownProblems(flags.known, context.cwd);
      const source = sourceOf(flags, config, cli);
      const flows = await flowsOf(cli, config, paths);
      const signal = untilStopped(cli);
      const gated = await runGate({ source, flows, sample: flags.sample, signal, onProgress: (progress) => tellProgress(cli, progress) });
      const isCut = signal.aborted;
      const checked = isCut
        ? []
        : checkFlows(flows, {
            afterBridge: config.values.afterBridge ?? 'unknown',
            known,
            onFlow: (name) => cli.progress.update(`Exploring ${name} …`),
          });
      const report = gateReport(source.name, gated, await compareFlows(checked, source));
      cli.progress.done();
      if (flags.markdown !== undefined) {
        writeFileSync(resolve(context.cwd, flags.markdown), gateMarkdown(report));
        cli.tell(`Wrote ${flags.markdown}.`);
      }
      if (flags.json === true) cli.printJson(report);
      else cli.print(formatGate(report, cli.colors));
      cli.exitCode = EXIT_CODES[report.interrupted ? 'interrupted' : report.ok ? 'ok' : 'findings'].code;
    });
}

function sourceOf({ from, token, since }: Flags, { values }: LoadedConfig, { context }: Cli): GateSource {
  const given = from ?? context.env['HOOKSWITCH_URL'];
  if (given === undefined || given === '')
    throw new UsageError(
      'Say where calls come from: --from https://ivr.example.com, or --from FOLDER with journals of hookswitch calls export.',
    );
  if (!/^\w+:\/\//.test(given)) return folderSource(given, context.cwd);
  const api = serverApi({ url: given, ...(token === undefined ? {} : { token }) }, values, context);
  return serverSource(api, since ?? context.now() - USUAL_DAYS * DAY);
}

function tellProgress({ progress }: Cli, { listed, replayed, of }: GateProgress): void {
  progress.update(
    of === null
      ? `Looking through calls: ${counted(listed, 'call')}, ${replayed.toLocaleString('en')} replayed …`
      : `Replaying calls: ${replayed.toLocaleString('en')} of ${of.toLocaleString('en')} …`,
  );
}
