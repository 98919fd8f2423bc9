import type { IfJson } from '../arguments/json-type.ts';
import { checkDefinition } from './define-flow-checks.ts';
import type { FlowBody, FlowDefinition, FlowModule, FlowOptions } from './flow-options.ts';
import { callerLine } from './source-line.ts';

const BRAND = Symbol.for('hookswitch.flow');
const SOURCE = Symbol.for('hookswitch.flow-source');

/** Tells a flow (of any loaded copy of the framework) from any other value. */
export function isFlow(value: unknown): value is FlowModule {
  return typeof value === 'object' && value !== null && BRAND in value;
}

/** Where a flow is defined, as `file:line:column`; null where no file is known. */
export function definedAt(flow: FlowModule): string | null {
  const source = (flow as { readonly [SOURCE]?: string })[SOURCE] ?? 'unknown';
  return source === 'unknown' ? null : source;
}

/**
 * Declares a flow: its options and its body, a generator function. A `NoAnswerError` that escapes from the body is answered by `goodbye`.
 * What the body returns is the result of the call: JSON, of at most 65,536 characters; it is kept with the call, and `onEnd` is told.
 *
 * @throws FlowDefinitionError, or EffectArgumentError for names and texts, when the flow is declared in a way that can never work.
 */
// `Open` is never given: see IfJson.
export function defineFlow<P = Readonly<Record<string, unknown>>, const L extends string = string, R = unknown, Open = never>(
  definition: FlowDefinition<P, L>,
  body: FlowBody<P, R> & IfJson<R, Open>,
): FlowModule<P, R> {
  checkDefinition(definition, body);
  const { name, voices = null, goodbye = null, onDivergence = null } = definition;
  const options: FlowOptions<P> = {
    name,
    version: definition.version ?? '1',
    // Without a prototype, so that no language but its own is found there.
    voices: Object.freeze(Object.assign(Object.create(null) as object, voices ?? { '': definition.voice ?? '' })) as FlowOptions['voices'],
    language: definition.language ?? (voices === null ? null : (Object.keys(voices)[0] ?? null)),
    params: definition.params ?? null,
    examples: definition.examples ?? {},
    tags: definition.tags ?? null,
    settings: definition.settings ?? null,
    keys: Object.freeze({ ...definition.keys }),
    operator: definition.operator ?? null,
    goodbye,
    onDivergence,
    phrases: Object.freeze({ ...definition.phrases }),
    limits: Object.freeze({
      effectsPerBatch: definition.limits?.effectsPerBatch ?? 500,
      turns: definition.limits?.turns ?? 1000,
      journalEntries: definition.limits?.journalEntries ?? 5000,
    }),
  };
  const source = callerLine();
  return Object.freeze({ [BRAND]: true, [SOURCE]: source, name, options: Object.freeze(options), body });
}
