import type { Action } from '../callflow/actions.ts';
import { sampleCall } from '../chart/sample-calls.ts';
import type { BridgeResult } from '../effects/bridge.ts';
import type { Capture } from '../effects/capture.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { FlowBody, FlowDefinition, FlowModule } from '../flow/flow-options.ts';
import type { Decision } from '../generator/decision.ts';
import type { Entry } from '../generator/journal.ts';
import { begin } from '../generator/replay.ts';

/** What comes back at a wait: keys, null for silence, a step's or bridge's result, a step's failure, or the end of the session, with a bridge's result or without. */
export type Answer =
  | string
  | null
  | { readonly result: unknown }
  | { readonly bridge: BridgeResult['outcome'] }
  | { readonly endedBridge: BridgeResult['outcome'] }
  | 'FAILS'
  | 'HANGS UP';

/** One call, played by hand. */
export interface Played {
  /** Where the flow stands. */
  readonly site: string;
  readonly wait: Decision['wait'];
  /** The sites at which it stood, in order. */
  readonly sites: readonly string[];
  /** What was heard last. */
  readonly heard: string;
  /** What was heard, turn by turn. */
  readonly turns: readonly string[];
  /** The capture that waits, if one does. */
  readonly capture: Capture;
  /** What the body gave back, once it has. */
  readonly result: unknown;
  /** What it logged since the last answer. */
  readonly logged: readonly string[];
  /** What the flow threw. */
  readonly error: unknown;
  /** How many branches are open, and the sub-flow path now. */
  readonly branches: number;
  readonly path: readonly string[];
}

/** A flow of one body, in English. */
export function flowOf(body: FlowBody, definition: Partial<FlowDefinition> = {}): FlowModule {
  const voice = definition.voices === undefined ? { voice: 'en-US-BenjaminRUS' } : {};
  return defineFlow({ name: 'played', ...voice, ...definition }, body);
}

/** Runs `body` and gives it `answers` one by one. */
export function play(body: FlowBody, answers: readonly Answer[] = [], definition: Partial<FlowDefinition> = {}): Played {
  let result: unknown;
  const flow = flowOf(function* (call) {
    result = yield* body(call);
  }, definition);
  const call = { ...sampleCall(flow.options), startedAt: Date.parse('2026-03-05T09:30:00Z') };
  const { run, decision: first } = begin(flow, call);
  const decisions = [first];
  answers.forEach((answer, index) => {
    const { site } = decisions.at(-1) as Decision;
    decisions.push(run.answer(entryFor(site, call.startedAt + (index + 1) * 1_000, answer)));
  });
  const last = decisions.at(-1) as Decision;
  const turns = decisions.map(({ actions }) => actions.map(spoken).join(' | '));
  const { site, wait, error } = last;
  const sites = decisions.map((decision) => decision.site);
  return {
    site,
    wait,
    error,
    sites,
    turns,
    heard: turns.at(-1) ?? '',
    capture: last.effect as Capture,
    result,
    logged: last.logs.map(({ message }) => message),
    branches: run.place.branches,
    path: run.place.path,
  };
}

function entryFor(site: string, at: number, answer: Answer): Entry {
  if (answer === 'HANGS UP') return { site, at, ended: true };
  if (answer === 'FAILS') return { site, at, error: { name: 'Error', message: 'no reply' } };
  if (typeof answer === 'string' || answer === null) return { site, at, value: answer };
  if ('endedBridge' in answer) return { site, at, ended: true, value: { outcome: answer.endedBridge, sipCode: null, duration: null } };
  if ('result' in answer) return { site, at, value: answer.result };
  return { site, at, value: { outcome: answer.bridge, sipCode: null, duration: null } };
}

function spoken(action: Action): string {
  switch (action.action) {
    case 'say':
      return action.params.text;
    case 'sayAndCapture':
      return action.params.promptMessage;
    case 'playFile':
      return `[${action.params.fileUrl}]`;
    case 'makeCall':
      return '(bridge)';
    case 'hangup':
      return '(hangs up)';
  }
}
