import type { SpeechProfile } from '@hookswitch/runtime';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { configOf } from '../load/loaded-project.ts';
import { formatTable } from '../output/table.ts';
import { headingOf, platformClients } from '../subaccounts.ts';
import { examples } from './examples.ts';

/** `hookswitch voices`: what `voice` of a flow may be. */
export function addVoices(command: Command, cli: Cli): void {
  command
    .option('-l, --language <language>', 'a language (en) or a locale (en-US)')
    .option('--subaccount <id>', 'one of the configured subaccounts; default: all of them')
    .option('--json', 'print JSON')
    .addHelpText('after', examples(['voices', 'all'], ['voices --language zh', 'those that speak Chinese']))
    .action(async (flags: { language?: string; subaccount?: string; json?: boolean }, command: Command) => {
      const clients = platformClients((await configOf(cli, command)).values, flags.subaccount);
      const all: Record<string, readonly SpeechProfile[]> = {};
      for (const client of clients) {
        cli.progress.update(`Asking 8x8 for the voices of ${client.subAccountId} …`);
        const voices = (all[client.subAccountId] = await client.speechProfiles({ language: flags.language ?? null }));
        if (flags.json === true) continue;
        const heading = headingOf(client, clients);
        if (heading !== null) cli.print(heading);
        if (voices.length > 0) cli.print(formatTable(voices.map(rowOf)));
        else cli.tell(flags.language === undefined ? 'No voices.' : `No voice speaks "${flags.language}". All of them: hookswitch voices`);
      }
      if (flags.json === true) cli.printJson(all);
    });
}

function rowOf({ speechProfileCode, localeCode, localeDescription, gender }: SpeechProfile): readonly string[] {
  return [speechProfileCode, localeCode ?? '', localeDescription ?? '', gender ?? ''];
}
