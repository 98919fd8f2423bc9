import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type FlowModule, isFlow } from '@hookswitch/dsl';
import type { FlowRoute } from '@hookswitch/runtime';
import { compareVersions, ConfigError, RoutingError } from '@hookswitch/runtime/inside';
import type { ConfigRoute, HookswitchConfig } from '../config/define-config.ts';
import { FlowsMissingError } from '../errors/flows-missing-error.ts';
import type { CliContext } from '../context.ts';
import { findFlowFiles } from './find-flow-files.ts';
import { displayPath, locateFailure } from './locate-failure.ts';
import { readText } from './read-text.ts';

/** A flow, where it comes from and what it answers. */
export interface LoadedFlow extends FlowRoute {
  /** As the user would write it; null for a flow that the config imports itself. */
  readonly file: string | null;
}

type Loading = Pick<CliContext, 'cwd' | 'importModule'>;

/**
 * Loads all flows of `flows` (`HookswitchConfig.flows`); relative paths count from `base`. Flows of one name stand in the order of their versions, the newest
 * last. Throws `FlowsMissingError`, `FlowFileError`, `ConfigError` for a route that names no single flow, `RoutingError` for two flows of one name and version.
 */
export async function loadFlows(
  flows: NonNullable<HookswitchConfig['flows']>,
  base: string,
  loading: Loading,
): Promise<readonly LoadedFlow[]> {
  const found: LoadedFlow[] = [];
  for (const [index, part] of (typeof flows === 'string' ? [flows] : flows).entries()) {
    if (typeof part === 'string') found.push(...(await flowsAt(part, base, loading)));
    else if (isFlow(part)) found.push({ flow: part, file: null });
    else found.push(await routed(part, index, base, loading));
  }
  return inOrder(withoutDoubles(found));
}

/** The flows of a folder or a file. */
async function flowsAt(path: string, base: string, loading: Loading): Promise<LoadedFlow[]> {
  const files = findFlowFiles(isAbsolute(path) ? path : resolve(base, path), path);
  const found: LoadedFlow[] = [];
  for (const file of files) found.push(...(await flowsIn(file, loading)));
  if (found.length > 0) return found;
  const [only, second] = files;
  const looked =
    only === undefined
      ? 'holds no modules'
      : second === undefined
        ? 'exports no flow'
        : `holds ${files.length} modules, and none exports a flow`;
  throw new FlowsMissingError(path, `${looked}. Export one: export default defineFlow({ name: '…', voice: '…' }, function* (call) { … }).`);
}

/** Every flow that a module exports, the default export first. */
async function flowsIn(file: string, { cwd, importModule }: Loading): Promise<LoadedFlow[]> {
  readText(file, displayPath(file, cwd));
  const exports = await importModule(pathToFileURL(file).href).catch((error: unknown) => {
    throw locateFailure(file, cwd, error);
  });
  const flows = new Set(exportedValues(exports).filter(isFlow));
  return [...flows].map((flow) => ({ flow, file: displayPath(file, cwd) }));
}

/** What a module exports, the default export first, and what stands in its lists. A CommonJS module comes with its exports below `default`. */
function exportedValues({ default: standard, ...named }: Readonly<Record<string, unknown>>): unknown[] {
  const isModule = typeof standard === 'object' && standard !== null && !isFlow(standard) && !Array.isArray(standard);
  const { default: inner, ...others } = (isModule ? standard : { default: standard }) as Record<string, unknown>;
  return [inner, ...Object.values(others), ...Object.values(named)].flat(DEEPEST_LIST);
}

/** Lists may hold lists: `export default [sales, ...[support, billing]]` and what helpers make of it. */
const DEEPEST_LIST = 4;

async function routed(route: ConfigRoute, index: number, base: string, loading: Loading): Promise<LoadedFlow> {
  const { flow, ...claims } = route;
  if (typeof flow !== 'string') return { ...claims, flow, file: null };
  const [first, ...others] = await flowsAt(flow, base, loading);
  if (first === undefined || others.length > 0) {
    const names = [first, ...others].map((loaded) => loaded?.flow.name).join(', ');
    throw new ConfigError(
      'flows',
      `flows[${index}].flow: "${flow}" holds several flows (${names}), and a route names one. Import it in the config file: flow: ${first?.flow.name ?? 'support'}.`,
    );
  }
  return { ...claims, ...first };
}

/** One flow may be found twice, in a folder and in a route: what it answers counts together. Two flows of one name and version are a mistake. */
function withoutDoubles(found: readonly LoadedFlow[]): LoadedFlow[] {
  const byFlow = new Map<FlowModule, LoadedFlow>();
  for (const loaded of found) byFlow.set(loaded.flow, together(byFlow.get(loaded.flow), loaded));
  const seen = new Map<string, LoadedFlow>();
  for (const loaded of byFlow.values()) {
    const { name, version } = loaded.flow.options;
    const other = seen.get(`${name}@${version}`);
    if (other !== undefined)
      throw new RoutingError(
        `Two flows are called "${name}" in version "${version}": ${placeOf(other)} and ${placeOf(loaded)}. Give one of them another name or version.`,
      );
    seen.set(`${name}@${version}`, loaded);
  }
  return [...byFlow.values()];
}

/** Versions of a name in their order, so that the newest comes last; names as they were found. */
function inOrder(found: readonly LoadedFlow[]): readonly LoadedFlow[] {
  const names = [...new Set(found.map(({ flow }) => flow.name))];
  const byVersion = (a: LoadedFlow, b: LoadedFlow): number => compareVersions(a.flow.options.version, b.flow.options.version);
  return names.flatMap((name) => found.filter(({ flow }) => flow.name === name).toSorted(byVersion));
}

function together(before: LoadedFlow | undefined, loaded: LoadedFlow): LoadedFlow {
  if (before === undefined) return loaded;
  const { numbers = [], subAccounts = [], default: standard = before.default } = loaded;
  const allNumbers = [...(before.numbers ?? []), ...numbers];
  const allSubAccounts = [...(before.subAccounts ?? []), ...subAccounts];
  return {
    flow: loaded.flow,
    file: loaded.file ?? before.file,
    ...(allNumbers.length === 0 ? {} : { numbers: [...new Set(allNumbers)] }),
    ...(allSubAccounts.length === 0 ? {} : { subAccounts: [...new Set(allSubAccounts)] }),
    ...(standard === undefined ? {} : { default: standard }),
  };
}

function placeOf({ file }: LoadedFlow): string {
  return file ?? 'the config file';
}
