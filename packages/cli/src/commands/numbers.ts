import type { NumberList, VirtualNumber } from '@hookswitch/runtime';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { configOf } from '../load/loaded-project.ts';
import { formatTable } from '../output/table.ts';
import { headingOf, platformClients } from '../subaccounts.ts';
import { examples } from './examples.ts';

/** `hookswitch numbers`: the virtual numbers of the subaccounts. They are our own, so that they are shown whole. */
export function addNumbers(command: Command, cli: Cli): void {
  command
    .option('--subaccount <id>', 'one of the configured subaccounts; default: all of them')
    .option('--json', 'print JSON')
    .addHelpText('after', examples(['numbers', 'those that flows may answer and call from']))
    .action(async (flags: { subaccount?: string; json?: boolean }, command: Command) => {
      const clients = platformClients((await configOf(cli, command)).values, flags.subaccount);
      const all: Record<string, NumberList> = {};
      for (const client of clients) {
        cli.progress.update(`Asking 8x8 for the numbers of ${client.subAccountId} …`);
        const list = (all[client.subAccountId] = await client.numbers.list());
        if (flags.json === true) continue;
        const heading = headingOf(client, clients);
        if (heading !== null) cli.print(heading);
        if (list.numbers.length > 0) cli.print(formatTable(list.numbers.map((number) => rowOf(number, cli))));
        else cli.tell('No virtual numbers.');
      }
      if (flags.json === true) cli.printJson(all);
    });
}

function rowOf({ msisdn, countryCode, operationalStatus, numberHealth }: VirtualNumber, { colors }: Cli): readonly string[] {
  const isHealthy = numberHealth?.isHealthy !== false && (operationalStatus ?? 'Active') === 'Active';
  const state = [operationalStatus, numberHealth?.status].filter((part) => part != null).join(', ');
  return [msisdn, countryCode ?? '', isHealthy ? colors.green(state) : colors.yellow(state)];
}
