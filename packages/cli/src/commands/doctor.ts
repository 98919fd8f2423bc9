import { hideCredentials } from '@hookswitch/runtime/inside/process';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { diagnose } from '../doctor/diagnose.ts';
import type { Diagnosis } from '../doctor/diagnosis.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { formatTable } from '../output/table.ts';
import { examples } from './examples.ts';

const MARKS = { ok: '✓', warning: '!', failure: '✗' } as const;

/** `hookswitch doctor`: whether a server can work with what is configured, and what to do where it can't. */
export function addDoctor(command: Command, cli: Cli): void {
  command
    .option('--json', 'print JSON')
    .option('--offline', "don't ask 8x8 and publicUrl")
    .addHelpText('after', examples(['doctor', 'before the first call'], ['doctor --offline', 'without a network']))
    .action(async (flags: { json?: boolean; offline?: boolean }, command: Command) => {
      const { config } = command.optsWithGlobals<{ config?: string }>();
      const found: Diagnosis[] = [];
      for await (const diagnosis of diagnose(cli, { configFile: config, isOffline: flags.offline === true })) {
        const shown = { ...diagnosis, text: hideCredentials(diagnosis.text) };
        found.push(shown);
        if (flags.json !== true) cli.print(lineOf(shown, cli));
      }
      if (flags.json === true) cli.printJson(found);
      if (found.some(({ state }) => state === 'failure')) cli.exitCode = EXIT_CODES.findings.code;
    });
}

function lineOf({ state, about, text }: Diagnosis, { colors }: Cli): string {
  const paint = { ok: colors.green, warning: colors.yellow, failure: colors.red }[state];
  return formatTable([[paint(MARKS[state]), about.padEnd(13), text]]);
}
