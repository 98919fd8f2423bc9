import { type Chart, compile, type CompiledFlow, type FlowModule, isFlow } from '@hookswitch/dsl';
import { RoutingError } from '../errors/routing-error.ts';
import { routeOf } from '../calls/decide/vca.ts';
import type { FlowRouter } from '../calls/settings.ts';

/** Which calls a flow answers. A flow without numbers and subaccounts can be the default. */
export interface FlowRoute {
  readonly flow: FlowModule;
  /** Called numbers, E.164 with or without `+`. */
  readonly numbers?: readonly string[];
  /** Subaccounts whose calls it answers, where no number decides. */
  readonly subAccounts?: readonly string[];
  /** Answers all other calls. @default true for the only flow that claims nothing, else false */
  readonly default?: boolean;
  /** The flow's chart, where it is known already. @default it is explored */
  readonly chart?: Chart;
}

/** What the flows of a server are given as. */
export type FlowSource = FlowModule | FlowRoute;

/** The flows of a server: compiled once, found by number, by subaccount, by name and version. */
export interface Routes extends FlowRouter {
  readonly flows: readonly CompiledFlow[];
  /** The flow that answers a call, or null. */
  route(call: { readonly subAccountId: string; readonly to: string }): CompiledFlow | null;
}

/** A choice of one's own: the name of the flow that answers a call, or null where numbers, subaccounts and default decide. */
export type ChooseFlow = (call: { readonly subAccountId: string; readonly to: string }) => string | null;

/** Compiles flows and arranges them by what calls they answer. Throws `RoutingError` for two flows that claim the same, and what `compile` throws. */
export function createRoutes(sources: readonly FlowSource[], choose: ChooseFlow | null = null): Routes {
  const routes = sources.map((source): FlowRoute => (isFlow(source) ? { flow: source } : source));
  const byNumber = new Map<string, CompiledFlow>();
  const bySubAccount = new Map<string, CompiledFlow>();
  const byVersion = new Map<string, CompiledFlow>();
  const newest = new Map<string, CompiledFlow>();
  let standardName: string | null = null;
  for (const route of routes) {
    const compiled = compile(route.flow, route.chart === undefined ? {} : { chart: route.chart });
    const { name, version } = route.flow.options;
    claim(
      byVersion,
      `${name}@${version}`,
      compiled,
      (other) => `two flows are called "${name}" in version "${version}" (${other}); give one another name or version`,
    );
    newest.set(name, compiled);
    for (const number of route.numbers ?? [])
      claim(byNumber, bare(number), compiled, (other) => `a number is answered by both "${name}" and "${other}"`);
    for (const id of route.subAccounts ?? [])
      claim(bySubAccount, id, compiled, (other) => `subaccount "${id}" is answered by both "${name}" and "${other}"`);
    if (route.default === true) {
      if (standardName !== null)
        throw new RoutingError(`"${name}" and "${standardName}" both want to be the default flow; keep default: true at one of them.`);
      standardName = name;
    }
  }
  const standard = defaultRoute(routes)?.flow.options;
  const fallback = standard === undefined ? null : (byVersion.get(`${standard.name}@${standard.version}`) ?? null);
  const table = { choose, newest, byNumber, bySubAccount, fallback };
  return {
    flows: [...byVersion.values()],
    table,
    route: (call) => routeOf(table, call),
    find: (name, version) => byVersion.get(`${name}@${version}`) ?? newest.get(name) ?? null,
    isAhead: (name, version) => {
      const last = newest.get(name)?.flow.options.version;
      return last === undefined || (!byVersion.has(`${name}@${version}`) && compareVersions(version, last) > 0);
    },
  };
}

/** The order of versions: numbers in them count as numbers. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/**
 * The route that answers the calls for which no number and no subaccount decides: the one that says so, else the only flow that claims nothing, in its newest
 * version. Null where nothing answers them.
 */
export function defaultRoute(routes: readonly FlowRoute[]): FlowRoute | null {
  const claimed = new Set(routes.filter(claimsSomething).map(({ flow }) => flow.name));
  const open = routes.filter(({ flow }) => !claimed.has(flow.name));
  const isOne = new Set(open.map(({ flow }) => flow.name)).size === 1;
  return routes.find((route) => route.default === true) ?? (isOne ? (open.at(-1) ?? null) : null);
}

function claimsSomething({ numbers, subAccounts, default: standard }: FlowRoute): boolean {
  return numbers !== undefined || subAccounts !== undefined || standard !== undefined;
}

function claim(claims: Map<string, CompiledFlow>, key: string, compiled: CompiledFlow, problem: (other: string) => string): void {
  const other = claims.get(key);
  if (other !== undefined) throw new RoutingError(`Routing: ${problem(other.flow.name)}.`);
  claims.set(key, compiled);
}

function bare(number: string): string {
  return number.replace(/^\+/, '');
}
