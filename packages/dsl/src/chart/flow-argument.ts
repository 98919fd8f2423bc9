import { type FlowModule, isFlow } from '../effects/define-flow.ts';
import { isGeneratorFunction, notGeneratorFunction } from '../effects/generator-function.ts';
import { FlowDefinitionError } from '../errors/index.ts';

/** Gives a flow back whose params may be of any type. Throws `FlowDefinitionError`, which says what came, for anything but what `defineFlow` returns. */
export function flowArgument<P>(by: string, flow: FlowModule<P>): FlowModule {
  if (isFlow(flow)) return flow;
  const { came } = isGeneratorFunction(flow) ? { came: 'a generator function' } : notGeneratorFunction(flow);
  throw new FlowDefinitionError(
    `${by}: expected what defineFlow returns, got ${came}. Write: export default defineFlow({ name: '…', voice: '…' }, function* (call) { … }).`,
  );
}
