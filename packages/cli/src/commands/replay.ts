import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { describeReplayed, type FlowModule, replayRecorded, type ReplayVerdict } from '@hookswitch/dsl';
import type { Cli } from '../cli.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import type { LoadedFlow } from '../load/load-flows.ts';
import { configOf, flowNamed, flowsOf } from '../load/loaded-project.ts';
import { readJournal } from '../load/read-journal.ts';
import { formatTable } from '../output/table.ts';
import { examples } from './examples.ts';

/** `identical`: the code takes every answer and stands where the call stood. `extended`: it takes every answer, and goes on where the call had ended. */
type Verdict = 'identical' | 'extended' | 'diverged';

/** Other words and results don't count for this command. */
const VERDICTS: Readonly<Record<ReplayVerdict, Verdict>> = {
  alike: 'identical',
  'other words': 'identical',
  'other result': 'identical',
  'not comparable': 'identical',
  'other way': 'extended',
  diverged: 'diverged',
};

interface Result {
  readonly file: string;
  /** `unreadable`: it is no journal, or of a flow that there is not. */
  readonly verdict: Verdict | 'unreadable';
  readonly text: string;
}

/** `hookswitch replay <journals…>`: whether calls that were recorded fit the code as it is now. */
export function addReplay(command: Command, cli: Cli): void {
  command
    .argument('<journals...>', 'files that hookswitch calls export has written')
    .option('--flow <flow>', 'the flow: its name, name@version, or the path of its file; default: the newest of the name in each journal')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        ['replay journals/*.json', 'before a deploy'],
        ['replay call.json --flow support@2', 'on one version'],
        ['replay call.json --flow flows/support.ts', 'on one file'],
      ),
    )
    .action(async (files: string[], options: { flow?: string; json?: boolean }, command: Command) => {
      const isPath =
        options.flow !== undefined && (/[\\/]|\.m?[jt]s$/.test(options.flow) || existsSync(resolve(cli.context.cwd, options.flow)));
      const flows = await flowsOf(cli, await configOf(cli, command), isPath ? [options.flow ?? ''] : []);
      const chosen = options.flow === undefined ? null : isPath ? (flows.at(-1) ?? null) : named(flows, options.flow);
      const results = files.map((file, index) => {
        cli.progress.update(`Replaying ${index + 1} of ${files.length} …`);
        return replayFile(file, cli.context.cwd, (name) => (chosen ?? flowNamed(flows, name)).flow);
      });
      print(results, options.json === true, cli);
      const isBad = results.some(({ verdict }) => verdict === 'diverged' || verdict === 'unreadable');
      cli.exitCode = isBad ? EXIT_CODES.findings.code : EXIT_CODES.ok.code;
    });
}

function named(flows: readonly LoadedFlow[], text: string): LoadedFlow {
  const [, name = text, version = null] = /^(.+)@(.+)$/.exec(text) ?? [];
  return flowNamed(flows, name, version);
}

function replayFile(file: string, cwd: string, flowOf: (name: string) => FlowModule): Result {
  try {
    const journal = readJournal(file, cwd);
    const replayed = replayRecorded(flowOf(journal.flow), journal);
    const { verdict, answers, compared } = replayed;
    const difference = verdict === 'other words' || verdict === 'other result' ? null : describeReplayed(replayed);
    const erased = compared < answers ? `; answer ${compared + 1} was erased as sensitive, what follows it is not compared` : '';
    return {
      file,
      verdict: VERDICTS[verdict],
      text: `${answers === 1 ? '1 answer' : `${answers} answers`}${erased}${difference === null ? '' : `. ${difference}`}`,
    };
  } catch (error) {
    return { file, verdict: 'unreadable', text: error instanceof Error ? error.message : String(error) };
  }
}

function print(results: readonly Result[], isJson: boolean, cli: Cli): void {
  if (isJson) {
    cli.printJson(results);
    return;
  }
  const { green, yellow, red } = cli.colors;
  const paint = { identical: green, extended: yellow, diverged: red, unreadable: red } as const;
  cli.print(formatTable(results.map(({ file, verdict, text }) => [paint[verdict](verdict), file, text])));
  const counts = (['identical', 'extended', 'diverged', 'unreadable'] as const)
    .map((verdict) => [verdict, results.filter((result) => result.verdict === verdict).length] as const)
    .filter(([, count]) => count > 0);
  cli.print(`\n${counts.map(([verdict, count]) => `${count} ${verdict}`).join(', ')}`);
}
