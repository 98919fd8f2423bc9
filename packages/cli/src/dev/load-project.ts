import { isAbsolute, resolve } from 'node:path';
import { viewChart, waysOf } from '@hookswitch/console/inside';
import { isHookswitchError, type Problem, type SettingDeclarations, verify } from '@hookswitch/dsl';
import type { FlowRoute } from '@hookswitch/runtime';
import { createRoutes, uncharted } from '@hookswitch/runtime/inside';
import type { HookswitchConfig } from '../config/define-config.ts';
import { FlowFileError } from '../errors/flow-file-error.ts';
import { FlowsMissingError } from '../errors/flows-missing-error.ts';
import type { CliContext } from '../context.ts';
import { loadConfig } from '../load/load-config.ts';
import { type LoadedFlow, loadFlows } from '../load/load-flows.ts';
import { displayPath } from '../load/locate-failure.ts';
import { DevProblemError } from '../errors/dev-problem-error.ts';
import type { CheckedProject, LoadedProject, LoadedView, LoadProblem, Project } from './messages.ts';

/** A project that can be served. */
export interface ReadyProject {
  readonly config: HookswitchConfig;
  readonly routes: readonly FlowRoute[];
  readonly view: Omit<LoadedProject, 'files'>;
}

/** Loads configuration and flows. They are served before anybody has explored them: whoever has just saved a file wants to hear it. */
export async function loadProject(project: Project, context: CliContext): Promise<ReadyProject> {
  const { config, given, base, loaded } = await flowsOf(project, context);
  const routes = loaded.map(({ file: _file, ...route }): FlowRoute => ({ ...route, chart: uncharted(route.flow) }));
  // Two flows that claim one number are found here, before anything that runs is closed.
  createRoutes(routes);
  const watched = [
    ...(typeof given === 'string' ? [given] : given.filter((part) => typeof part === 'string')).map((path) =>
      isAbsolute(path) ? path : resolve(base, path),
    ),
    ...(config.file === null ? [] : [resolve(project.cwd, config.file)]),
    resolve(project.cwd, '.env'),
  ];
  return { config: config.values, routes, view: { flows: loaded.map(viewFlow), watched } };
}

/** Loads the flows and explores every path of each. Throws what loading throws. */
export async function checkProject(project: Project, context: CliContext): Promise<CheckedProject> {
  const { config, loaded } = await flowsOf(project, context);
  const { afterBridge = 'unknown' } = config.values;
  const found = loaded.map((one) => ({ ...verify(one.flow, { afterBridge }), file: one.file }));
  const failed = found.find(({ ok }) => !ok);
  return {
    charts: found.map(({ chart }) => viewChart(chart)),
    ways: found.map(({ chart }) => waysOf(chart)),
    problem: failed === undefined ? null : problemFrom(failed.problems[0], failed.file, project.cwd),
    warnings: found.flatMap(({ problems }) => problems.filter(({ severity }) => severity === 'warning').map(({ message }) => message)),
  };
}

async function flowsOf(project: Project, context: CliContext) {
  const config = await loadConfig(context, { configFile: project.configFile ?? undefined });
  const given = project.paths.length > 0 ? project.paths : (config.values.flows ?? ['flows']);
  const base = project.paths.length > 0 ? project.cwd : config.base;
  const loaded = await loadFlows(given, base, context);
  if (loaded.length === 0) throw new FlowsMissingError(project.paths.join(', ') || 'flows', 'exports no flow');
  return { config, given, base, loaded };
}

function problemFrom(problem: Problem | undefined, file: string | null, cwd: string): LoadProblem | null {
  if (problem === undefined) return null;
  const { message, code, path, source } = problem;
  const way = path.length === 0 ? '' : ` Way there: ${path.join(' → ')}.`;
  return { message: capital(`${message}${way}`), code, ...placeOf(source, file, cwd) };
}

function placeOf(source: string | null, file: string | null, cwd: string): Pick<LoadProblem, 'file' | 'line' | 'column'> {
  const [, path, line, column] = /^(.+?):(\d+):(\d+)$/.exec(source ?? '') ?? [];
  if (path === undefined) return { file, line: null, column: null };
  return { file: displayPath(path, cwd), line: Number(line), column: Number(column) };
}

function viewFlow({ flow, file, numbers }: LoadedFlow): LoadedView {
  const { examples, version, voices } = flow.options;
  const languages = Object.keys(voices).filter(Boolean);
  return {
    name: flow.name,
    version,
    file,
    number: numbers?.[0] ?? examples.to?.[0] ?? null,
    caller: examples.from?.find((number) => number !== null) ?? null,
    times: examples.at ?? [],
    languages: languages.length > 1 ? languages : [],
    settings: (flow.options.settings?.declared ?? {}) as SettingDeclarations,
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
