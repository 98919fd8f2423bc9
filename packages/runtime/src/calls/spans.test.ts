import { type Attributes, INVALID_SPAN_CONTEXT, type Span, trace, type Tracer } from '@opentelemetry/api';
import { capture, defineFlow, step } from '@hookswitch/dsl';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { World } from './calls.test-support.ts';

let spans: { readonly name: string; attributes: Attributes }[] = [];

beforeEach(() => {
  spans = [];
  // As little of an SDK as the API needs.
  const tracer = {
    startActiveSpan: (name: string, run: (span: Span) => unknown) => {
      const recorded = { name, attributes: {} };
      spans.push(recorded);
      const setAttributes = (more: Attributes): unknown => Object.assign(recorded.attributes, more);
      return run({
        spanContext: () => INVALID_SPAN_CONTEXT,
        isRecording: () => true,
        end: () => undefined,
        setAttributes,
      } as unknown as Span);
    },
  };
  trace.setGlobalTracerProvider({ getTracer: () => tracer as unknown as Tracer });
});

afterEach(() => trace.disable());

it('a turn and a step say whose they are: the call, its flow, and the site', async () => {
  const flow = defineFlow({ name: 'desk', voice: 'en-US-ZiraRUS' }, function* () {
    yield* capture('Name?', { id: 'name' });
    yield* step('find', () => 'Ann', { examples: { ann: 'Ann' } });
    yield* capture('More?', { id: 'more' });
  });
  const world = await World.open([flow]);
  const event = world.event({ status: 'received' });
  await world.deliver(event);
  await world.deliver(event);
  await world.completed('1', { echo: { kind: 'turn', turn: 0 } });
  const of = (site: string) => ({ 'hookswitch.call': 'call-1', 'hookswitch.flow': 'desk', 'hookswitch.site': site });
  expect(spans).toEqual([
    { name: 'hookswitch.turn', attributes: of('name') },
    { name: 'hookswitch.turn', attributes: of('name') },
    { name: 'hookswitch.turn', attributes: of('more') },
    { name: 'hookswitch.step', attributes: { ...of('find'), 'hookswitch.step': 'find' } },
  ]);
});
