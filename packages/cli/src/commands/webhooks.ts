import { didYouMean } from '@hookswitch/dsl';
import { type PlatformClient, type Webhook, WEBHOOK_TYPES, type WebhookType } from '@hookswitch/runtime';
import { ConfigError } from '@hookswitch/runtime/inside';
import type { Command } from 'commander';
import type { HookswitchConfig } from '../config/define-config.ts';
import { UsageError } from '../errors/usage-error.ts';
import type { Cli } from '../cli.ts';
import { configOf } from '../load/loaded-project.ts';
import { formatTable } from '../output/table.ts';
import { headingOf, platformClients } from '../subaccounts.ts';
import { webhookUrls } from '../webhook-urls.ts';
import { examples } from './examples.ts';

interface Flags {
  readonly subaccount?: string;
  readonly json?: boolean;
  readonly publicUrl?: string;
  readonly dryRun?: boolean;
  readonly all?: boolean;
}

/** `hookswitch webhooks list|set|remove`: what 8x8 sends where. */
export function addWebhooks(webhooks: Command, cli: Cli): void {
  addList(webhooks, cli);
  addSet(webhooks, cli);
  addRemove(webhooks, cli);
}

function addList(webhooks: Command, cli: Cli): void {
  withSubaccount(webhooks.command('list').description('list what is registered'))
    .option('--json', 'print JSON')
    .addHelpText('after', examples(['webhooks list', 'of all configured subaccounts']))
    .action(async (flags: Flags, command: Command) => {
      const { values } = await configOf(cli, command);
      const clients = platformClients(values, flags.subaccount);
      const all: Record<string, readonly Webhook[]> = {};
      for (const client of clients) {
        cli.progress.update(`Asking 8x8 for the webhooks of ${client.subAccountId} …`);
        const registered = (all[client.subAccountId] = await client.webhooks.list());
        if (flags.json === true) continue;
        const heading = headingOf(client, clients);
        if (heading !== null) cli.print(heading);
        cli.print(
          registered.length === 0
            ? 'No webhooks. Register them with: hookswitch webhooks set'
            : formatTable(registered.map((webhook) => rowOf(webhook, cli))),
        );
      }
      if (flags.json === true) cli.printJson(all);
    });
}

function addSet(webhooks: Command, cli: Cli): void {
  withSubaccount(
    webhooks
      .command('set')
      .description('register webhooks at publicUrl, with the first secret')
      .argument('[types...]', `${WEBHOOK_TYPES.join(', ')}; default: all`)
      .option('--public-url <url>', 'another publicUrl than the configured one')
      .option('--dry-run', 'only print what would be registered'),
  )
    .addHelpText(
      'after',
      examples(
        ['webhooks set', 'all of them, in place of what was there'],
        ['webhooks set vca vss --dry-run', 'look first'],
        ['webhooks set --public-url https://ivr.example.com', 'elsewhere'],
      ),
    )
    .action(async (types: string[], flags: Flags, command: Command) => {
      const { values } = await configOf(cli, command, flags.publicUrl === undefined ? {} : { publicUrl: flags.publicUrl });
      const clients = platformClients(values, flags.subaccount);
      const urls = webhookUrls(publicUrlOf(values));
      const secret = secretOf(values);
      for (const client of clients) {
        for (const type of types.length === 0 ? WEBHOOK_TYPES : types.map(typeOf)) {
          if (flags.dryRun !== true) {
            cli.progress.update(`Registering ${type} of ${client.subAccountId} …`);
            await client.webhooks.set({ type, url: urls[type], httpAuthHeader: secret });
          }
          cli.print(`${flags.dryRun === true ? 'would set' : cli.colors.green('set')}  ${client.subAccountId}  ${type}  ${urls[type]}`);
        }
      }
    });
}

function addRemove(webhooks: Command, cli: Cli): void {
  withSubaccount(
    webhooks
      .command('remove')
      .description('remove webhooks: 8x8 stops sending them')
      .argument('[types...]', WEBHOOK_TYPES.join(', '))
      .option('--all', 'remove all of them'),
  )
    .addHelpText('after', examples(['webhooks remove vcs', 'one'], ['webhooks remove --all', 'calls are no longer answered']))
    .action(async (types: string[], flags: Flags, command: Command) => {
      if ((types.length === 0) !== (flags.all === true))
        throw new UsageError(`Name the webhooks to remove (${WEBHOOK_TYPES.join(', ')}), or say --all; one of both.`);
      const wanted = types.map(typeOf);
      const { values } = await configOf(cli, command);
      for (const client of platformClients(values, flags.subaccount)) {
        cli.progress.update(`Asking 8x8 for the webhooks of ${client.subAccountId} …`);
        const registered = await client.webhooks.list();
        const there = WEBHOOK_TYPES.filter((known) => registered.some(({ type }) => type === known));
        for (const type of flags.all === true ? there : wanted) {
          const webhook = registered.find((one) => one.type === type);
          const done = webhook === undefined ? 'was not there' : cli.colors.green(await takeAway(client, type, webhook));
          cli.print(`${done}  ${client.subAccountId}  ${type}`);
        }
      }
    });
}

/** 8x8's API removes all but VNU, which is switched off instead. */
async function takeAway(client: PlatformClient, type: WebhookType, { url }: Webhook): Promise<string> {
  if (type !== 'VNU') {
    await client.webhooks.remove(type);
    return 'removed';
  }
  if (url === null)
    throw new UsageError('8x8 removes no VNU webhook, and says no URL of this one to switch it off by. Switch it off in 8x8 Connect.');
  await client.webhooks.set({ type, url, enabled: false });
  return 'switched off';
}

function withSubaccount(command: Command): Command {
  return command.option('--subaccount <id>', 'one of the configured subaccounts; default: all of them');
}

function rowOf({ type, url, enabled, httpAuthHeaderAvailable }: Webhook, { colors }: Cli): readonly string[] {
  const notes = [
    enabled === false ? colors.yellow('switched off') : '',
    httpAuthHeaderAvailable === false ? colors.yellow('without secret') : '',
  ];
  return [type, url ?? '–', notes.filter(Boolean).join(', ')];
}

function typeOf(text: string): WebhookType {
  const found = WEBHOOK_TYPES.find((type) => type === text.toUpperCase());
  if (found !== undefined) return found;
  throw new UsageError(
    `There is no webhook ${JSON.stringify(text)}. ${didYouMean(text, WEBHOOK_TYPES)}There are ${WEBHOOK_TYPES.join(', ')}.`,
  );
}

function publicUrlOf({ publicUrl }: HookswitchConfig): string {
  if (publicUrl !== undefined) return publicUrl;
  throw new ConfigError(
    'publicUrl',
    '8x8 needs to know where the server is: set HOOKSWITCH_PUBLIC_URL, or give --public-url https://ivr.example.com.',
  );
}

function secretOf({ webhookSecrets = [] }: HookswitchConfig): string {
  const [first] = webhookSecrets;
  if (first !== undefined) return first;
  throw new ConfigError(
    'webhookSecrets',
    'Webhooks are registered with a secret, by which the server knows 8x8: set HOOKSWITCH_WEBHOOK_SECRET, e.g. to "Bearer " and what openssl rand -hex 32 prints.',
  );
}
