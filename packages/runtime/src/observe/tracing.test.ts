import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  type Context,
  context,
  type ContextManager,
  INVALID_SPAN_CONTEXT,
  ROOT_CONTEXT,
  type Span,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withSpan } from './telemetry.ts';

/** What an SDK would export. */
interface Recorded {
  readonly name: string;
  readonly parent: string | null;
  attributes: Attributes;
  status: unknown;
  ended: number;
}

const PARENT = Symbol('parent');
let spans: Recorded[] = [];

/** As little of an SDK as the API needs. */
function record(name: string, under: Context): { span: Span; recorded: Recorded } {
  const recorded: Recorded = {
    name,
    parent: (under.getValue(PARENT) as string | undefined) ?? null,
    attributes: {},
    status: null,
    ended: 0,
  };
  spans.push(recorded);
  const merge = (more: Attributes) => (recorded.attributes = { ...recorded.attributes, ...more });
  const span = {
    ...{ spanContext: () => INVALID_SPAN_CONTEXT, isRecording: () => true, end: () => void recorded.ended++ },
    setAttributes: merge,
    setAttribute: (key: string, value: string) => merge({ [key]: value }),
    setStatus: (status: unknown) => (recorded.status = status),
  };
  return { span: span as unknown as Span, recorded };
}

function registerSdk(): void {
  const storage = new AsyncLocalStorage<Context>();
  const manager: ContextManager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (under, fn, self, ...args) => storage.run(under, () => fn.call(self, ...args)),
    bind: (_under, target) => target,
    enable: () => manager,
    disable: () => manager,
  };
  context.setGlobalContextManager(manager);
  const tracer = {
    startActiveSpan: (name: string, fn: (span: Span) => unknown) =>
      context.with(context.active().setValue(PARENT, name), fn, undefined, record(name, context.active()).span),
  };
  trace.setGlobalTracerProvider({ getTracer: () => tracer as unknown as Tracer });
}

afterEach(() => {
  trace.disable();
  context.disable();
});

describe('with an SDK', () => {
  beforeEach(() => {
    spans = [];
    registerSdk();
  });

  it('a step stands under its turn, and the turn under its webhook', async () => {
    await withSpan('hookswitch.webhook', { kind: 'vca' }, () =>
      withSpan('hookswitch.turn', { turn: 3 }, async () => {
        await Promise.resolve();
        return withSpan('hookswitch.step', { step: 'find' }, () => 'Ann');
      }),
    );
    expect(spans.map(({ name, parent }) => [name, parent])).toEqual([
      ['hookswitch.webhook', null],
      ['hookswitch.turn', 'hookswitch.webhook'],
      ['hookswitch.step', 'hookswitch.turn'],
    ]);
    expect(spans.every(({ ended }) => ended === 1)).toBe(true);
  });

  it('a span says what is known, from the beginning and later', () => {
    withSpan('hookswitch.turn', { call: 'c-1', flow: 'support', turn: 0, site: null }, (span) =>
      span.set({ site: 'main', outcome: 'answered' }),
    );
    expect(spans[0]?.attributes).toEqual({
      ...{
        'hookswitch.call': 'c-1',
        'hookswitch.flow': 'support',
        'hookswitch.turn': 0,
        'hookswitch.site': 'main',
        'hookswitch.outcome': 'answered',
      },
    });
  });

  it('an error passes through, and leaves its name and nothing of its message', async () => {
    const error = new TypeError('PIN 1234');
    await expect(withSpan('hookswitch.step', {}, () => Promise.reject(error))).rejects.toBe(error);
    expect(() =>
      withSpan('hookswitch.step', {}, () => {
        throw error;
      }),
    ).toThrow(error);
    expect(spans).toMatchObject([
      { attributes: { 'error.type': 'TypeError' }, status: { code: 2 }, ended: 1 },
      { attributes: { 'error.type': 'TypeError' }, status: { code: 2 }, ended: 1 },
    ]);
    expect(JSON.stringify(spans)).not.toContain('1234');
  });

  it('an error with a code is known by it', () => {
    const fail = () => withSpan('hookswitch.step', {}, () => void JSON.parse('{', () => undefined));
    expect(fail).toThrow(SyntaxError);
    expect(() =>
      withSpan('hookswitch.step', {}, () => {
        throw Object.assign(new TypeError('late'), { code: 'HS_STEP_TIMEOUT' });
      }),
    ).toThrow('late');
    expect(spans.map(({ attributes }) => attributes['error.type'])).toEqual(['SyntaxError', 'HS_STEP_TIMEOUT']);
  });
});

describe('without an SDK', () => {
  it('results and errors pass through, synchronous ones synchronously', async () => {
    expect(withSpan('hookswitch.turn', { turn: 1 }, () => 7)).toBe(7);
    expect(await withSpan('hookswitch.turn', {}, async (span) => (span.set({ outcome: 'answered' }), 8))).toBe(8);
    expect(() => withSpan('hookswitch.turn', {}, () => JSON.parse('{') as unknown)).toThrow(SyntaxError);
    await expect(withSpan('hookswitch.turn', {}, () => Promise.reject(new TypeError('no')))).rejects.toThrow('no');
  });
});
