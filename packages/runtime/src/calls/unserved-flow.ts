import { compile, type CompiledFlow, defineFlow } from '@hookswitch/dsl';
import { UnservedFlowError } from '../errors/unserved-flow-error.ts';

/**
 * Stands in for a flow that is no longer served, so that its calls end as all others do: the caller hears the fallback, and the end of the session is
 * recorded and told.
 */
export function unservedFlow(name: string, version: string, voice: string): CompiledFlow {
  const fail = function* (): Generator<never, never> {
    throw new UnservedFlowError(name);
  };
  return compile(defineFlow({ name, version, voice, onDivergence: fail }, fail));
}
