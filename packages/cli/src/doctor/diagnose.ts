import type { HookswitchConfig } from '../config/define-config.ts';
import type { Cli } from '../cli.ts';
import { type LoadedConfig, loadConfig } from '../load/load-config.ts';
import { loadFlows, type LoadedFlow } from '../load/load-flows.ts';
import { diagnoseAccount } from './account.ts';
import { diagnoseApi, diagnosePublicUrl, diagnoseSecrets } from './access.ts';
import type { Diagnosis } from './diagnosis.ts';
import { diagnoseDataKeys, diagnoseFlows } from './flows.ts';
import { diagnoseNode } from './node.ts';
import { diagnosePlatform } from './platform.ts';
import { diagnoseStore } from './store.ts';

/** Options of `diagnose`. */
export interface DiagnoseOptions {
  readonly configFile?: string | undefined;
  /** Nothing but this machine is asked. */
  readonly isOffline: boolean;
}

/** Looks at everything that a server needs, one after the other. What depends on something that failed is left out. Never throws for what it finds. */
export async function* diagnose(cli: Cli, { configFile, isOffline }: DiagnoseOptions): AsyncGenerator<Diagnosis> {
  yield diagnoseNode(process.versions.node);
  const config = await attempt('Configuration', () => loadConfig(cli.context, { configFile }));
  if ('state' in config) {
    yield config;
    return;
  }
  yield* configured(config);
  const flows = await attempt('Flows', () => loadFlows(config.values.flows ?? [], config.base, cli.context));
  if ('state' in flows) yield flows;
  else yield* aboutFlows(flows, config.values);
  yield await diagnoseStore(config.values);
  yield* diagnoseSecrets(config.values);
  yield diagnoseApi(config.values);
  yield await diagnosePublicUrl(config.values, isOffline);
  if (isOffline) return;
  yield* diagnosePlatform(config.values);
  if (!('state' in flows)) yield* diagnoseAccount(flows, config.values);
}

function* configured({ file, origins, warnings }: LoadedConfig): Generator<Diagnosis> {
  yield {
    state: 'ok',
    about: 'Configuration',
    text: file === null ? 'from defaults and the environment; there is no config file' : `from ${file} and the environment`,
  };
  for (const warning of warnings) yield { state: 'warning', about: 'Configuration', text: warning };
  const written = (['webhookSecrets', 'apiTokens', 'dataKeys', 'apiKey'] as const).filter((name) => origins[name]?.kind === 'file');
  if (written.length > 0)
    yield {
      state: 'warning',
      about: 'Configuration',
      text: `${written.join(', ')} ${written.length === 1 ? 'stands' : 'stand'} in the config file; secrets belong into the environment.`,
    };
}

function* aboutFlows(flows: readonly LoadedFlow[], config: HookswitchConfig): Generator<Diagnosis> {
  yield* diagnoseFlows(flows);
  yield diagnoseDataKeys(flows, config);
}

/** A value, or the diagnosis that it could not be had. */
export async function attempt<T extends object>(about: string, task: () => T | Promise<T>): Promise<T | Diagnosis> {
  try {
    return await task();
  } catch (error) {
    return { state: 'failure', about, text: error instanceof Error ? error.message : String(error) };
  }
}
