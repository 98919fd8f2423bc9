import { isGeneratorFunction, notGeneratorFunction } from '../arguments/generator-function.ts';
import { FlowDefinitionError } from '../errors/index.ts';
import { isFlow } from '../flow/define-flow.ts';
import type { FlowModule } from '../flow/flow-options.ts';

/** Gives a flow back whose params may be of any type. Throws `FlowDefinitionError`, which says what came, for anything but what `defineFlow` returns. */
export function flowArgument<P>(by: string, flow: FlowModule<P>): FlowModule {
  if (isFlow(flow)) return flow;
  const { came } = isGeneratorFunction(flow) ? { came: 'a generator function' } : notGeneratorFunction(flow);
  throw new FlowDefinitionError(
    `${by}: expected what defineFlow returns, got ${came}. Write: export default defineFlow({ name: '…', voice: '…' }, function* (call) { … }).`,
  );
}
