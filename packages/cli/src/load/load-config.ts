import { ConfigError } from '@hookswitch/runtime/inside';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseEnv } from 'node:util';
import type { HookswitchConfig } from '../config/define-config.ts';
import { type EffectiveConfig, readConfig } from '../config/read-config.ts';
import type { CliContext } from '../context.ts';
import { displayPath, locateFailure } from './locate-failure.ts';
import { readText } from './read-text.ts';

const NAMES = ['ts', 'mts', 'js', 'mjs'].map((ending) => `hookswitch.config.${ending}`);

/** The configuration of a command. */
export interface LoadedConfig extends EffectiveConfig {
  /** The config file, as the user would write it; null without one. */
  readonly file: string | null;
  /** From where relative paths of `flows` count. */
  readonly base: string;
}

/**
 * Reads `.env`, the config file and the environment. `flags` are the settings that the command line gave, `configFile` its `--config`.
 * Throws `ConfigError`, and `FlowFileError` for a config file that can't be loaded.
 */
export async function loadConfig(
  context: CliContext,
  { configFile, ...flags }: Partial<HookswitchConfig> & { readonly configFile?: string | undefined } = {},
): Promise<LoadedConfig> {
  addEnvFile(context);
  const path = configPath(context.cwd, configFile);
  const file = path === null ? null : { name: displayPath(path, context.cwd), value: await exportedConfig(path, context) };
  const config = readConfig({ file, env: context.env, flags });
  const isFromFile = path !== null && config.origins.flows?.kind === 'file';
  return { ...config, file: file?.name ?? null, base: isFromFile ? dirname(path) : context.cwd };
}

/** Adds what `.env` in the working directory sets and the environment does not: the steps of a flow find it there, too. */
function addEnvFile({ cwd, env }: CliContext): void {
  const path = join(cwd, '.env');
  if (!existsSync(path)) return;
  for (const [name, value] of Object.entries(parseEnv(readText(path, '.env')))) env[name] ??= value;
}

function configPath(cwd: string, given: string | undefined): string | null {
  if (given === undefined) return NAMES.map((name) => join(cwd, name)).find((path) => existsSync(path)) ?? null;
  const path = resolve(cwd, given);
  if (!existsSync(path))
    throw new ConfigError('config', `--config: there is no file ${given}. Its path counts from the working directory.`);
  return path;
}

async function exportedConfig(path: string, context: CliContext): Promise<unknown> {
  // A compiler would say that it found an odd character.
  readText(path, displayPath(path, context.cwd));
  const exports = await context.importModule(pathToFileURL(path).href).catch((error: unknown) => {
    throw locateFailure(path, context.cwd, error);
  });
  const { default: standard } = exports;
  // A CommonJS module comes with its exports below `default`.
  const isBundle = typeof standard === 'object' && standard !== null && '__esModule' in standard && 'default' in standard;
  return isBundle ? standard.default : standard;
}
