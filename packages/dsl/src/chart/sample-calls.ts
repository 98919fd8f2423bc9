import type { Call } from '../flow/call.ts';
import type { FlowModule, FlowOptions } from '../flow/flow-options.ts';

/** A Monday morning, so that opening hours are mostly open. */
const STARTED_AT = Date.UTC(2026, 0, 5, 3, 0, 0);

/** An ordinary call of a flow, for exploration and tests. Only those that we place have params. */
export function sampleCall(options: FlowOptions, change: Partial<Call> = {}): Call {
  return Object.freeze({
    id: 'sample',
    sessionId: null,
    subAccountId: 'sample',
    direction: 'inbound',
    from: '+6590000001',
    to: '+6560000000',
    fromCountry: 'SG',
    toCountry: 'SG',
    language: options.language,
    startedAt: STARTED_AT,
    params: change.direction === 'outbound' ? (options.examples.params?.[0] ?? {}) : {},
    ...change,
  });
}

/** The calls that exploration starts with: the ordinary one, and one for each example, language and direction that differs from it. */
export function sampleCalls(flow: FlowModule): readonly Call[] {
  const { examples, voices, language } = flow.options;
  const changes: Partial<Call>[] = [
    {},
    ...(examples.direction ?? []).map((direction) => ({ direction })),
    ...(examples.from ?? []).map((from) => ({ from })),
    ...(examples.to ?? []).map((to) => ({ to })),
    ...(examples.at ?? []).map((at) => ({ startedAt: Date.parse(at) })),
    ...(examples.params ?? []).map((params) => ({ direction: 'outbound' as const, params })),
    ...Object.keys(voices)
      .filter((key) => key !== '' && key !== language)
      .map((key) => ({ language: key })),
  ];
  const calls = new Map(changes.map((change) => sampleCall(flow.options, change)).map((call) => [JSON.stringify(call), call]));
  return [...calls.values()];
}
