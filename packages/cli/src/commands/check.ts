import type { Command } from 'commander';
import { type Chart, type ChartArrow, type Verification, verify } from '@hookswitch/dsl';
import type { Cli } from '../cli.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import type { LoadedFlow } from '../load/load-flows.ts';
import { displaySource } from '../load/locate-failure.ts';
import { configOf, flowsOf } from '../load/loaded-project.ts';
import { examples } from './examples.ts';
import { countValue } from './option-values.ts';

interface Options {
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly maxAnswers: number;
  readonly maxDepth: number;
  readonly maxVisits: number;
}

interface Checked extends Verification {
  readonly loaded: LoadedFlow;
}

/** `hookswitch check [flows…]`: explores every path of every flow. */
export function addCheck(command: Command, cli: Cli): void {
  command
    .argument('[flows...]', 'folders and files with flows; default: those of the configuration')
    .option('--json', 'print JSON')
    .option('--strict', 'let warnings count as errors')
    .option('--max-answers <number>', 'answers that may be given to one flow', countValue('--max-answers', 100_000_000), 100_000)
    .option('--max-depth <number>', 'answers on one way', countValue('--max-depth', 1_000_000), 2_000)
    .option('--max-visits <number>', 'how often a loop is run round in search of its end', countValue('--max-visits', 1_000), 100)
    .addHelpText(
      'after',
      examples(
        ['check', 'all flows of the project'],
        ['check flows/support.ts --strict', 'one file, warnings count'],
        ['check --json > problems.json', 'for other tools'],
        ['check --max-answers 1000000', 'a flow so large that the search was cut short'],
      ),
    )
    .action(async (paths: string[], options: Options, command: Command) => {
      const { maxAnswers, maxDepth, maxVisits } = options;
      const config = await configOf(cli, command);
      const { afterBridge = 'unknown' } = config.values;
      const flows = await flowsOf(cli, config, paths);
      const checked = flows.map((loaded): Checked => {
        cli.progress.update(`Exploring ${titleOf(loaded)} …`);
        return { loaded, ...verify(loaded.flow, { maxAnswers, maxDepth, maxVisits, afterBridge }) };
      });
      const fails = ({ ok, problems }: Checked): boolean => !ok || (options.strict === true && problems.length > 0);
      if (options.json === true) cli.printJson({ ok: !checked.some(fails), flows: checked.map((one) => jsonOf(one, cli)) });
      else for (const one of checked) printFlow(one, cli, maxVisits);
      if (options.json !== true) cli.print(summaryOf(checked));
      cli.exitCode = checked.some(fails) ? EXIT_CODES.findings.code : EXIT_CODES.ok.code;
    });
}

function jsonOf({ loaded, problems, explored, ok, chart }: Checked, { context }: Cli): unknown {
  const { name, options } = loaded.flow;
  return {
    name,
    version: options.version,
    file: loaded.file,
    ok,
    problems: problems.map((problem) => ({ ...problem, source: displaySource(problem.source, context.cwd) })),
    notPlaced: declining(chart).map(({ witness }) => witness.labels),
    explored,
  };
}

/** The arrows by which the flow declines an outbound call, so that nobody is called. */
function declining({ arrows }: Chart): readonly ChartArrow[] {
  return arrows.filter(({ to }) => to === 'not placed');
}

function printFlow({ loaded, problems, explored, ok, chart }: Checked, cli: Cli, maxVisits: number): void {
  const { green, red, yellow, dim } = cli.colors;
  const mark = !ok ? red('✗') : problems.length > 0 ? yellow('!') : green('✓');
  const file = loaded.file === null ? '' : ` ${dim(loaded.file)}`;
  cli.print(`${mark} ${titleOf(loaded)}${file}  ${dim(`${count(chart.sites.size, 'site')}, ${count(explored.answers, 'answer')} tried`)}`);
  if (explored.openLoops > 0)
    cli.print(dim(`  ${count(explored.openLoops, 'loop')} left after ${maxVisits} rounds; --max-visits looks further`));
  for (const { declined, witness } of declining(chart)) {
    const way = witness.labels.length === 0 ? 'from the start' : witness.labels.join(' → ');
    cli.print(dim(`  not placed, ${declined === undefined ? 'as the flow has nothing to say' : `for "${declined}"`}: ${way}`));
  }
  for (const problem of problems) {
    const paint = problem.severity === 'error' ? red : yellow;
    const place = displaySource(problem.source, cli.context.cwd) ?? `at ${problem.site}`;
    cli.print(`\n  ${paint(problem.severity)} ${place} ${dim(problem.code)}`);
    cli.print(`    ${problem.message}`);
    if (problem.path.length > 0) cli.print(dim(`    Way there: ${problem.path.join(' → ')}`));
  }
  if (problems.length > 0) cli.print('');
}

function summaryOf(checked: readonly Checked[]): string {
  const problems = checked.flatMap((one) => one.problems);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return `${count(checked.length, 'flow')}: ${count(errors, 'error')}, ${count(problems.length - errors, 'warning')}`;
}

function titleOf({ flow }: LoadedFlow): string {
  return flow.options.version === '1' ? flow.name : `${flow.name} ${flow.options.version}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
