import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { COVERAGE_FILE } from '@hookswitch/dsl/coverage';
import { type Command, Option } from 'commander';
import type { Cli } from '../cli.ts';
import { drawFlow, GRAPH_FORMATS, type GraphFormat } from '../graph-formats.ts';
import { configOf, flowNamed, flowsOf } from '../load/loaded-project.ts';
import { readTaken } from '../load/read-taken.ts';
import { examples } from './examples.ts';

interface Options {
  readonly format: GraphFormat;
  readonly output?: string;
  readonly keys?: boolean;
  readonly coverage?: string | true;
}

/** `hookswitch graph <flow>`: the explored chart of a flow as text, JSON or a drawing. */
export function addGraph(command: Command, cli: Cli): void {
  command
    .argument('<flow>', 'name of the flow')
    .argument('[flows...]', 'folders and files with flows; default: those of the configuration')
    .addOption(new Option('-f, --format <format>', 'what to draw it as').choices(GRAPH_FORMATS).default(GRAPH_FORMATS[0]))
    .option('-o, --output <file>', 'write to a file')
    .option('--keys', 'draw the universal keys, too: repeat, operator, back and main')
    .option(
      '--coverage [file]',
      `draw what your tests took with solid lines, and all else with dashed ones; from what the vitest reporter wrote, ${COVERAGE_FILE} unless you name another file`,
    )
    .addHelpText(
      'after',
      examples(
        ['graph support', 'Mermaid, for a README'],
        ['graph support --format json', "for Stately's tools"],
        ['graph support -f svg -o support.svg', 'a picture'],
        ['graph support -f svg -o support.svg --coverage', 'the same, with what your tests never took'],
      ),
    )
    .action(async (name: string, paths: string[], options: Options, command: Command) => {
      const flows = await flowsOf(cli, await configOf(cli, command), paths);
      const { flow } = flowNamed(flows, name);
      cli.progress.update(`Drawing ${name} …`);
      const taken =
        options.coverage === undefined ? undefined : readTaken(cli, flow, options.coverage === true ? COVERAGE_FILE : options.coverage);
      const drawing = { universalKeys: options.keys ?? false, ...(taken === undefined ? {} : { taken }) };
      const text = (await drawFlow(flow, options.format, drawing)).trimEnd();
      if (options.output === undefined) {
        cli.print(text);
        return;
      }
      writeFileSync(resolve(cli.context.cwd, options.output), `${text}\n`);
      cli.tell(`Wrote ${options.output}.`);
    });
}
