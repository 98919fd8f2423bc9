import { EffectArgumentError } from '../errors/index.ts';
import type { Call } from '../flow/call.ts';
import { type CurrentRun, enterRun } from '../flow/current-run.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { Effect, Flow } from '../flow/effect.ts';
import type { FlowDefinition, FlowOptions } from '../flow/flow-options.ts';
import { SensitiveValues } from '../flow/sensitive-values.ts';

/** A call of nobody in particular, to a virtual number. */
export const CALL: Call = {
  id: 'call-1',
  sessionId: 'session-1',
  subAccountId: 'acme',
  direction: 'inbound',
  from: '+6591234567',
  to: '+6531589338',
  fromCountry: 'SG',
  toCountry: 'SG',
  language: null,
  startedAt: 0,
  params: {},
};

/** The options of a flow that speaks English and Chinese, or what `definition` says. */
export function optionsOf(definition: Partial<FlowDefinition> = { voices: { en: 'en-US-ZiraRUS', zh: 'zh-CN-HuihuiRUS' } }): FlowOptions {
  return defineFlow({ name: 'acme', ...definition }, function* () {}).options;
}

/** Makes effects as a running flow would. */
export function insideFlow<T>(make: () => T, definition?: Partial<FlowDefinition>): T {
  const options = optionsOf(definition);
  const run: CurrentRun = {
    ...{ options, call: CALL, language: options.language, path: [], branches: 0, operating: false, traced: false, returning: false },
    sensitive: SensitiveValues.none,
    hasSpoken: false,
    inPlace: (effect) => ({ how: 'yield', effect }),
    doubt: () => undefined,
  };
  const before = enterRun(run);
  try {
    return make();
  } finally {
    enterRun(before);
  }
}

/** What a maker refused: code, argument and message. */
export function refusal(make: () => unknown): { readonly code: string; readonly argument: string; readonly message: string } {
  try {
    make();
  } catch (error) {
    if (error instanceof EffectArgumentError) return { code: error.code, argument: error.argument, message: error.message };
    throw error;
  }
  return { code: 'accepted', argument: '', message: '' };
}

/** Runs the body of a flow, answering its effects in order and with nothing after that. */
export function answer<R>(
  body: () => Flow<R>,
  ...answers: readonly unknown[]
): { readonly yielded: readonly Effect[]; readonly result: R } {
  const generator = body();
  const yielded: Effect[] = [];
  let pull = generator.next();
  while (pull.done !== true) {
    yielded.push(pull.value);
    pull = generator.next(answers[yielded.length - 1]);
  }
  return { yielded, result: pull.value };
}
