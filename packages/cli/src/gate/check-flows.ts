import { type AfterBridge, type Chart, type Problem, verify } from '@hookswitch/dsl';
import { resolve } from 'node:path';
import { UsageError } from '../errors/usage-error.ts';
import type { LoadedFlow } from '../load/load-flows.ts';
import { readText } from '../load/read-text.ts';

/** A flow as `check` sees it. */
export interface CheckedFlow {
  readonly name: string;
  readonly version: string;
  readonly chart: Chart;
  /** Problems that count. */
  readonly problems: readonly Problem[];
}

/** Knows the problems that were there before. */
export type KnownProblems = (flow: string, problem: Problem) => boolean;

/** Explores the newest version of each flow. Without known problems only errors count, as they do for `check`; with them everything that is not among them. */
export function checkFlows(
  flows: readonly LoadedFlow[],
  {
    afterBridge,
    known,
    onFlow,
  }: { readonly afterBridge: AfterBridge; readonly known: KnownProblems | null; readonly onFlow: (name: string) => void },
): readonly CheckedFlow[] {
  return flows.map(({ flow }) => {
    onFlow(flow.name);
    const { chart, problems } = verify(flow, { afterBridge });
    const counting = problems.filter((problem) => (known === null ? problem.severity === 'error' : !known(flow.name, problem)));
    return { name: flow.name, version: flow.options.version, chart, problems: counting };
  });
}

/** Reads what `hookswitch check --json` printed before. Throws `UsageError` for anything else. */
export function readKnownProblems(file: string, cwd: string): KnownProblems {
  const text = readText(resolve(cwd, file), file);
  const keys = new Set<string>();
  try {
    const { flows } = JSON.parse(text) as { readonly flows: readonly { readonly name: string; readonly problems: readonly Problem[] }[] };
    for (const { name, problems } of flows) for (const problem of problems) keys.add(keyOf(name, problem));
  } catch {
    throw new UsageError(`--known: ${file} is not what hookswitch check --json prints. Write it with: hookswitch check --json > ${file}.`);
  }
  return (flow, problem) => keys.has(keyOf(flow, problem));
}

function keyOf(flow: string, { code, site }: Problem): string {
  return JSON.stringify([flow, code, site]);
}
