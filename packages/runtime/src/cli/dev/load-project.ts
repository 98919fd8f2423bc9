import { isAbsolute, resolve } from 'node:path';
import { isHookswitchError, verify } from '@hookswitch/dsl';
import type { HookswitchConfig } from '../../config/define-config.ts';
import { viewChart } from '../../console/diagram/chart-view.ts';
import { FlowFileError } from '../../errors/flow-file-error.ts';
import { FlowsMissingError } from '../../errors/flows-missing-error.ts';
import { createRoutes, type FlowRoute } from '../../routing/flow-router.ts';
import type { CliContext } from '../context.ts';
import { loadConfig } from '../load/load-config.ts';
import { type LoadedFlow, loadFlows } from '../load/load-flows.ts';
import { displayPath } from '../load/locate-failure.ts';
import { DevProblemError } from '../../errors/dev-problem-error.ts';
import type { LoadedProject, LoadedView, LoadProblem, Project } from './messages.ts';

/** A project that can be served. */
export interface ReadyProject {
  readonly config: HookswitchConfig;
  readonly routes: readonly FlowRoute[];
  readonly view: Omit<LoadedProject, 'files'>;
}

/** Loads configuration and flows, and explores every path of every flow. Throws for what must not be served. */
export async function loadProject(project: Project, context: CliContext): Promise<ReadyProject> {
  const config = await loadConfig(context, { configFile: project.configFile ?? undefined });
  const given = project.paths.length > 0 ? project.paths : (config.values.flows ?? ['flows']);
  const base = project.paths.length > 0 ? project.cwd : config.base;
  const loaded = await loadFlows(given, base, context);
  if (loaded.length === 0) throw new FlowsMissingError(project.paths.join(', ') || 'flows', 'exports no flow');
  const warnings: string[] = [];
  const routes = loaded.map((flow) => verified(flow, project.cwd, warnings));
  // Two flows that claim one number are found here, before anything that runs is closed.
  createRoutes(routes);
  const watched = [
    ...(typeof given === 'string' ? [given] : given.filter((part) => typeof part === 'string')).map((path) =>
      isAbsolute(path) ? path : resolve(base, path),
    ),
    ...(config.file === null ? [] : [resolve(project.cwd, config.file)]),
    resolve(project.cwd, '.env'),
  ];
  return { config: config.values, routes, view: { flows: loaded.map((flow, index) => viewFlow(flow, routes[index])), warnings, watched } };
}

function verified(loaded: LoadedFlow, cwd: string, warnings: string[]): FlowRoute {
  const { file: _file, ...route } = loaded;
  const { ok, problems, chart } = verify(loaded.flow);
  const [first] = problems;
  if (!ok && first !== undefined) {
    const way = first.path.length === 0 ? '' : ` Way there: ${first.path.join(' → ')}.`;
    throw new DevProblemError(`${first.message}${way}`, first.code, placeOf(first.source, loaded.file, cwd));
  }
  for (const { message } of problems) warnings.push(message);
  return { ...route, chart };
}

function placeOf(source: string | null, file: string | null, cwd: string): Pick<LoadProblem, 'file' | 'line' | 'column'> {
  const [, path, line, column] = /^(.+?):(\d+):(\d+)$/.exec(source ?? '') ?? [];
  if (path === undefined) return { file, line: null, column: null };
  return { file: displayPath(path, cwd), line: Number(line), column: Number(column) };
}

function viewFlow({ flow, file, numbers }: LoadedFlow, route: FlowRoute | undefined): LoadedView {
  const { examples } = flow.options;
  const chart = route?.chart;
  return {
    chart:
      chart === undefined ? { flow: flow.name, version: flow.options.version, sites: [], arrows: [], truncated: false } : viewChart(chart),
    file,
    number: numbers?.[0] ?? examples.to?.[0] ?? null,
    caller: examples.from?.find((number) => number !== null) ?? null,
  };
}

/** An error as the page and the terminal show it. */
export function problemOf(error: unknown): LoadProblem {
  const place = error instanceof DevProblemError || error instanceof FlowFileError ? error.place : { file: null, line: null, column: null };
  const message = error instanceof Error ? error.message : String(error);
  // The place stands beside the message, not in it.
  const bare = place.file !== null && message.startsWith(place.file) ? message.replace(/^\S+\s/, '') : message;
  return {
    message: capital(bare),
    code: isHookswitchError(error) ? error.code : 'HS_INTERNAL',
    file: place.file,
    line: place.line,
    column: place.column,
  };
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
