import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { Cli } from '../cli.ts';
import { drawFlow, GRAPH_FORMATS, type GraphFormat } from '../graph-formats.ts';
import { configOf, flowNamed, flowsOf } from '../load/loaded-project.ts';
import { examples } from './examples.ts';

interface Options {
  readonly format: GraphFormat;
  readonly output?: string;
  readonly keys?: boolean;
}

/** `hookswitch graph <flow>`: the explored chart of a flow as text, JSON or a drawing. */
export function addGraph(program: Command, cli: Cli): void {
  program
    .command('graph')
    .argument('<flow>', 'name of the flow')
    .argument('[flows...]', 'folders and files with flows; default: those of the configuration')
    .description('draw the explored chart of a flow')
    .addOption(new Option('-f, --format <format>', 'what to draw it as').choices(GRAPH_FORMATS).default(GRAPH_FORMATS[0]))
    .option('-o, --output <file>', 'write to a file')
    .option('--keys', 'draw the universal keys, too: repeat, operator, back and main')
    .addHelpText(
      'after',
      examples(
        ['graph support', 'Mermaid, for a README'],
        ['graph support --format json', "for Stately's tools"],
        ['graph support -f svg -o support.svg', 'a picture'],
      ),
    )
    .action(async (name: string, paths: string[], options: Options, command: Command) => {
      const flows = await flowsOf(cli, await configOf(cli, command), paths);
      const { flow } = flowNamed(flows, name);
      cli.progress.update(`Drawing ${name} …`);
      const text = (await drawFlow(flow, options.format, { universalKeys: options.keys ?? false })).trimEnd();
      if (options.output === undefined) {
        cli.print(text);
        return;
      }
      writeFileSync(resolve(cli.context.cwd, options.output), `${text}\n`);
      cli.tell(`Wrote ${options.output}.`);
    });
}
