import type { PlatformClient } from '@hookswitch/runtime';
import type { Command } from 'commander';
import { UsageError } from '../errors/usage-error.ts';
import type { Cli } from '../cli.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { configOf } from '../load/loaded-project.ts';
import { platformClients } from '../subaccounts.ts';
import { examples } from './examples.ts';

interface Flags {
  readonly subaccount?: string;
  readonly json?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: string;
}

const FAILED = new Set(['failed', 'error', 'cancelled']);

/** `hookswitch logs start|show|cancel`: the logs of calls that 8x8 exports as CSV files. */
export function addLogs(logs: Command, cli: Cli): void {
  addStart(logs, cli);
  addShow(logs, cli);
  addCancel(logs, cli);
}

function addStart(logs: Command, cli: Cli): void {
  withSubaccount(
    logs
      .command('start')
      .description('start an export, and print its id')
      .option('--from <time>', 'a day (2030-01-31, UTC) or a time (2030-01-31T13:00:00+08:00); default: seven days ago')
      .option('--to <time>', 'the same, later; default: today')
      .option('--limit <records>', 'most records; 0 for all'),
  )
    .addHelpText('after', examples(['logs start', 'the last seven days'], ['logs start --from 2030-01-01 --limit 0', 'all since then']))
    .action(async (flags: Flags, command: Command) => {
      const client = await clientOf(cli, flags, command);
      const range = { from: flags.from ?? null, to: flags.to ?? null, limit: limitOf(flags.limit) };
      const { jobId } = await client.logExports.start(range);
      cli.print(jobId);
      cli.tell(`It takes a while. Look for its files: hookswitch logs show ${jobId}`);
    });
}

function addShow(logs: Command, cli: Cli): void {
  withSubaccount(
    logs.command('show').description('print the links to the files of an export').argument('<jobId>', 'what logs start printed'),
  )
    .option('--json', 'print JSON')
    .addHelpText('after', examples(['logs show F1T6z9C5tW2Q', 'one link a line, once it has succeeded']))
    .action(async (jobId: string, flags: Flags, command: Command) => {
      const found = await (await clientOf(cli, flags, command)).logExports.get(jobId);
      if (FAILED.has(found.status)) cli.exitCode = EXIT_CODES.findings.code;
      if (flags.json === true) {
        cli.print(JSON.stringify(found, null, 2));
        return;
      }
      for (const link of found.files) cli.print(link);
      cli.tell(found.expires === null ? `The export: ${found.status}.` : `The export: ${found.status}, until ${found.expires}.`);
    });
}

function addCancel(logs: Command, cli: Cli): void {
  withSubaccount(logs.command('cancel').description('cancel an export').argument('<jobId>', 'what logs start printed'))
    .addHelpText('after', examples(['logs cancel F1T6z9C5tW2Q', 'nothing is exported']))
    .action(async (jobId: string, flags: Flags, command: Command) => {
      await (await clientOf(cli, flags, command)).logExports.cancel(jobId);
      cli.print(`${cli.colors.green('cancelled')}  ${jobId}`);
    });
}

function withSubaccount(command: Command): Command {
  return command.option('--subaccount <id>', 'one of the configured subaccounts; needed where there are several');
}

/** An export belongs to one subaccount. */
async function clientOf(cli: Cli, { subaccount }: Flags, command: Command): Promise<PlatformClient> {
  const [client, other] = platformClients((await configOf(cli, command)).values, subaccount);
  if (client === undefined || other !== undefined) throw new UsageError('Several subaccounts are configured: say which with --subaccount.');
  cli.progress.update(`Asking 8x8 for the logs of ${client.subAccountId} …`);
  return client;
}

function limitOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new UsageError('--limit must be a whole number of records; 0 for all.');
}
