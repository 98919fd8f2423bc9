import type { Command } from 'commander';
import { type ShownSetting, showConfig } from '../config/show-config.ts';
import type { Cli } from '../cli.ts';
import { configOf } from '../load/loaded-project.ts';
import { formatTable } from '../output/table.ts';
import { examples } from './examples.ts';

/** `hookswitch config`: the effective configuration and where each value came from, secrets hidden. */
export function addConfig(command: Command, cli: Cli): void {
  command
    .option('--json', 'print JSON')
    .addHelpText('after', examples(['config', 'what is set, and by whom'], ['config --json', 'the same for programs']))
    .action(async (options: { json?: boolean }, command: Command) => {
      const config = await configOf(cli, command);
      const shown = showConfig(config);
      for (const warning of config.warnings) cli.tell(cli.noteColors.yellow(warning));
      if (options.json === true) cli.printJson(Object.fromEntries(shown.map((row) => [row.name, jsonOf(row)])));
      else cli.print(formatTable(shown.map((row) => rowOf(row, cli))));
    });
}

function jsonOf({ value, origin }: ShownSetting): unknown {
  return { value, origin: origin?.name ?? null };
}

function rowOf({ name, value, origin }: ShownSetting, { colors }: Cli): readonly string[] {
  const text = value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
  return [name, value === null ? colors.dim(text) : text, colors.dim(origin?.name ?? 'not set')];
}
