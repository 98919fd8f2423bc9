import { hookswitchConsole } from '@hookswitch/console';
import { type RunningServer, startServer } from '@hookswitch/runtime';
import { closeOnSignals, exposureOf, type ShutdownOptions } from '@hookswitch/runtime/inside';
import { type Command, Option } from 'commander';
import type { HookswitchConfig } from '../config/define-config.ts';
import { serverOptions } from '../config/server-options.ts';
import { SETTINGS } from '../config/settings.ts';
import { startBanner } from '../banner.ts';
import type { Cli } from '../cli.ts';
import { configFileOf, configOf, flowsOf } from '../load/loaded-project.ts';
import { packageVersion } from '../package-version.ts';
import { logStream } from '../output/log-stream.ts';
import { checkInBackground } from '../start/background-check.ts';
import { examples } from './examples.ts';
import { portValue } from './option-values.ts';

type Flags = Pick<HookswitchConfig, 'port' | 'host' | 'store' | 'logLevel' | 'allowUnverified'>;

/** `hookswitch start [flows…]`: the server, until the process is told to end. */
export function addStart(command: Command, cli: Cli): void {
  command
    .argument('[flows...]', 'folders and files with flows; default: those of the configuration')
    .option('-p, --port <port>', SETTINGS.port.description, portValue)
    .option('--host <address>', SETTINGS.host.description)
    .option('--store <store>', SETTINGS.store.description)
    .addOption(new Option('--log-level <level>', SETTINGS.logLevel.description).choices(SETTINGS.logLevel.enum))
    .option('--allow-unverified', SETTINGS.allowUnverified.description)
    .addHelpText(
      'after',
      examples(
        ['start', 'the flows of the project, on port 3000 of this machine'],
        ['start flows/ --port 8080 --store memory', 'try things out'],
        ['start --host 0.0.0.0 --store postgres://db/calls', 'for others; needs HOOKSWITCH_WEBHOOK_SECRET'],
      ),
    )
    .action(async (paths: string[], flags: Flags, command: Command) => {
      const config = await configOf(cli, command, flags);
      for (const warning of config.warnings) cli.tell(cli.noteColors.yellow(warning));
      const flows = await flowsOf(cli, config, paths);
      const isUnverified = config.values.webhookSecrets === undefined && exposureOf(serverOptions(config.values, [])) === null;
      cli.progress.update('Compiling flows and opening the store …');
      const server = await startServer({
        ...serverOptions(config.values, flows),
        processMetrics: true,
        extend: (app) => app.register(hookswitchConsole),
        ...(isUnverified ? { allowUnverified: true } : {}),
        logStream: await logStream(cli.context),
      });
      // Whoever reads that the server listens may tell it to end at once.
      const stopped = untilStopped(server, cli, config.values);
      cli.tell(startBanner({ url: server.url, version: packageVersion(), config: config.values, flows, isUnverified }, cli.noteColors));
      if (config.values.checkAtStart !== false) checkBeside(server, paths, cli, command);
      await stopped;
    });
}

/** Explores the flows while the server answers calls. */
function checkBeside(server: RunningServer, paths: readonly string[], { context: { cwd, env } }: Cli, command: Command): void {
  const check = checkInBackground({ paths, configFile: configFileOf(command) }, { cwd, env, log: server.app.log });
  void server.closed.then(() => check.end());
}

async function untilStopped(server: RunningServer, { context: { stop } }: Cli, options: ShutdownOptions): Promise<void> {
  if (stop === null) return closeOnSignals(server, options);
  if (!stop.aborted) await new Promise((told) => stop.addEventListener('abort', told, { once: true }));
  await server.close();
}
