import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { UsageError } from '../errors/usage-error.ts';
import { configOf } from '../load/loaded-project.ts';
import { serverApi, type ServerFlags, withServerOptions } from '../server-api.ts';
import { examples } from './examples.ts';

interface Options extends ServerFlags {
  readonly idempotencyKey?: string;
  readonly json?: boolean;
}

/** `hookswitch signal <call> <name> [json]`: tells a call in progress something. */
export function addSignal(command: Command, cli: Cli): void {
  command
    .argument('<call>', 'id of the call or of its session, or a tag that it alone of all open calls has, such as order=4711')
    .argument('<name>', 'name of the signal, as the flow waits for it')
    .argument('[json]', 'its value; default: null')
    .option('--idempotency-key <key>', 'the same signal sent again with the same key is taken once')
    .option('--json', 'print JSON');
  withServerOptions(command)
    .addHelpText(
      'after',
      examples(
        [`signal 0f8b… paid '{ "amount": 5 }'`, 'to a call'],
        [`signal order=4711 paid '{ "amount": 5 }' --idempotency-key pay-17`, 'to the call with a tag, once'],
      ),
    )
    .action(async (call: string, name: string, json: string | undefined, options: Options) => {
      const value = valueOf(json);
      const { values } = await configOf(cli, command);
      const sent = await serverApi(options, values, cli.context).signal(call, name, value, options.idempotencyKey ?? null);
      if (options.json === true) cli.printJson(sent);
      else
        cli.print(
          `Signal ${sent.signal} to call ${sent.call}: ${sent.outcome === 'taken' ? 'taken by the flow' : 'kept until the flow waits for it'}`,
        );
    });
}

function valueOf(json: string | undefined): unknown {
  try {
    return json === undefined ? null : (JSON.parse(json) as unknown);
  } catch {
    throw new UsageError(
      `The value of a signal is JSON: a text needs quotes of its own, as in '"yes"'; an object is written '{ "amount": 5 }'.`,
    );
  }
}
