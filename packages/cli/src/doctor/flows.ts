import { verify } from '@hookswitch/dsl';
import { createRoutes, parseDataKeys } from '@hookswitch/runtime/inside';
import type { HookswitchConfig } from '../config/define-config.ts';
import type { LoadedFlow } from '../load/load-flows.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Whether flows can be served together, and have no errors. */
export function* diagnoseFlows(flows: readonly LoadedFlow[]): Generator<Diagnosis> {
  const about = 'Flows';
  const broken = flows.filter(({ flow }) => !verify(flow).ok).map(({ flow }) => flow.name);
  if (broken.length > 0)
    yield { state: 'failure', about, text: `${broken.join(', ')} ${broken.length === 1 ? 'has' : 'have'} errors. See: hookswitch check` };
  try {
    const routes = createRoutes(flows);
    if (routes.route({ subAccountId: '', to: '' }) === null)
      yield {
        state: 'warning',
        about,
        text: 'Calls to numbers that no route names are answered by the fallback; mark a flow with default: true.',
      };
    else if (broken.length === 0) yield { state: 'ok', about, text: flows.map(({ flow }) => flow.name).join(', ') };
  } catch (error) {
    yield { state: 'failure', about, text: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether there are keys for what flows declare as sensitive. */
export function diagnoseDataKeys(flows: readonly LoadedFlow[], { dataKeys }: HookswitchConfig): Diagnosis {
  const about = 'Data keys';
  const sensitive = flows
    .filter(({ flow }) => [...verify(flow).chart.sites.values()].some((site) => site.sensitive))
    .map(({ flow }) => flow.name);
  try {
    const keys = parseDataKeys(dataKeys).length;
    if (keys > 0) return { state: 'ok', about, text: keys === 1 ? 'one key' : `${keys} keys: the first seals, all open` };
    return sensitive.length === 0
      ? { state: 'ok', about, text: 'none, and no flow has sensitive sites' }
      : {
          state: 'failure',
          about,
          text: `${sensitive.join(', ')} takes sensitive input: set HOOKSWITCH_DATA_KEYS to what openssl rand -base64 32 prints.`,
        };
  } catch (error) {
    return { state: 'failure', about, text: error instanceof Error ? error.message : String(error) };
  }
}
