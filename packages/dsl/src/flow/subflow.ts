import { isGeneratorFunction, notGeneratorFunction } from '../arguments/generator-function.ts';
import { checkName } from '../arguments/name.ts';
import { FlowDefinitionError } from '../errors/index.ts';
import { currentRun } from './current-run.ts';
import type { Effect, Flow } from './effect.ts';

/**
 * Names a part of a flow: its sites carry the path, e.g. `sales/main`. A sub-flow that calls itself keeps one name, as a jump would.
 *
 * @throws EffectArgumentError for a name that can't be, FlowDefinitionError for a body that is no generator function.
 */
export function subflow<A extends readonly unknown[], R>(
  name: string,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see Flow
  body: (...args: A) => Generator<Effect, R, any>,
): (...args: A) => Flow<R> {
  checkName('subflow', 'name', name);
  if (!isGeneratorFunction(body)) {
    const { came, fix } = notGeneratorFunction(body);
    throw new FlowDefinitionError(`Sub-flow "${name}": its body must be a generator function; got ${came}. ${fix}`);
  }
  return function* named(...args: A): Flow<R> {
    const run = currentRun();
    const outer = run?.path ?? [];
    const at = outer.indexOf(name);
    if (run !== null) run.path = at >= 0 ? outer.slice(0, at + 1) : [...outer, name];
    try {
      return yield* body(...args);
    } finally {
      const ending = currentRun();
      if (ending !== null) ending.path = outer;
    }
  };
}
