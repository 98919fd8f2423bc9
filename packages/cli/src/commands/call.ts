import type { CallView } from '@hookswitch/runtime/inside';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { configOf } from '../load/loaded-project.ts';
import { serverApi, type ServerFlags, withServerOptions } from '../server-api.ts';
import { examples } from './examples.ts';
import { paramsValue, paramValue } from './option-values.ts';

interface Options extends ServerFlags {
  readonly to: string;
  readonly from: string;
  readonly param?: Readonly<Record<string, unknown>>;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly language?: string;
  readonly subaccount?: string;
  readonly clientRequestId?: string;
  readonly validUntil?: string;
  readonly record?: boolean;
  readonly json?: boolean;
}

/** `hookswitch call <flow>`: has a running server place a call. */
export function addCall(command: Command, cli: Cli): void {
  command
    .argument('<flow>', 'name of the flow')
    .requiredOption('--to <number>', 'who is called, E.164')
    .requiredOption('--from <number>', 'the virtual number that calls, E.164')
    .option('-p, --param <name=text>', 'a param of the flow, repeatable; name:=json for what is no text', paramValue)
    .option('--params <json>', 'all params as one JSON object', paramsValue)
    .option('--language <language>', 'language in which the call begins')
    .option('--subaccount <id>', 'needed only where several are configured')
    .option('--client-request-id <id>', 'a second call with the same id gives back the first one')
    .option('--valid-until <time>', 'ISO 8601: until when 8x8 may start the call')
    .option('--record', 'record the call; only where recording is set up at 8x8')
    .option('--json', 'print JSON');
  withServerOptions(command)
    .addHelpText(
      'after',
      examples(
        ['call reminder --to +6591178965 --from +6568332048', 'the simplest'],
        ['call reminder --to … --from … -p name=Ann -p visits:=3', 'with params'],
        ['call reminder --to … --from … --url https://ivr.example.com', 'by another server'],
      ),
    )
    .action(async (flow: string, options: Options) => {
      const { values } = await configOf(cli, command);
      cli.progress.update('Placing the call …');
      const call = await serverApi(options, values, cli.context).placeCall(bodyOf(flow, options));
      if (options.json === true) cli.printJson(call);
      else cli.print(`Call ${call.id} to ${call.to}: ${call.status}`);
      report(call, cli);
    });
}

function bodyOf(flow: string, { to, from, param, params, language, subaccount, clientRequestId, validUntil, record }: Options) {
  const all = { ...params, ...param };
  return {
    flow,
    to,
    from,
    ...(Object.keys(all).length === 0 ? {} : { params: all }),
    ...(language === undefined ? {} : { language }),
    ...(subaccount === undefined ? {} : { subAccountId: subaccount }),
    ...(clientRequestId === undefined ? {} : { clientRequestId }),
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(record === true ? { callRecording: true } : {}),
  };
}

/** A call that was not placed, or perhaps not, is no success. */
function report({ id, status, error }: CallView, cli: Cli): void {
  if (status !== 'failed' && status !== 'unknown' && status !== 'cancelled') return;
  cli.exitCode = EXIT_CODES.outside.code;
  if (status !== 'unknown') cli.tell(`The call was not placed. ${error === null ? '' : `${error.message} (${error.code})`}`.trim());
  else
    cli.tell(
      `Nobody knows whether 8x8 took it: a phone may be ringing, so don't place it again. hookswitch calls show ${id} tells when a webhook comes.`,
    );
}
