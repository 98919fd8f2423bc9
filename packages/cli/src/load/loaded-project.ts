import { UnknownFlowError } from '@hookswitch/runtime';
import type { Command } from 'commander';
import type { HookswitchConfig } from '../config/define-config.ts';
import type { Cli } from '../cli.ts';
import { loadConfig, type LoadedConfig } from './load-config.ts';
import { type LoadedFlow, loadFlows } from './load-flows.ts';

/** The configuration of a command, `--config` and its flags included. */
export async function configOf(cli: Cli, command: Command, flags: Partial<HookswitchConfig> = {}): Promise<LoadedConfig> {
  return loadConfig(cli.context, { ...flags, configFile: configFileOf(command) ?? undefined });
}

/** What `--config` gave; null without it. */
export function configFileOf(command: Command): string | null {
  return command.optsWithGlobals<{ config?: string }>().config ?? null;
}

/** The flows at `paths`, else those of the configuration. */
export async function flowsOf(cli: Cli, config: LoadedConfig, paths: readonly string[] = []): Promise<readonly LoadedFlow[]> {
  cli.progress.update('Loading flows …');
  const { cwd } = cli.context;
  const given = paths.length > 0 ? paths : (config.values.flows ?? []);
  const flows = await loadFlows(given, paths.length > 0 ? cwd : config.base, cli.context);
  cli.progress.done();
  return flows;
}

/** The flow that `name` names, in the newest version or in `version`. Throws `UnknownFlowError`. */
export function flowNamed(flows: readonly LoadedFlow[], name: string, version: string | null = null): LoadedFlow {
  const found = flows.findLast(({ flow }) => flow.name === name && (version === null || flow.options.version === version));
  if (found === undefined) throw new UnknownFlowError(name, [...new Set(flows.map(({ flow }) => flow.name))]);
  return found;
}
