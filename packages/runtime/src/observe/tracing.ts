import { type Attributes, ProxyTracerProvider, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { stepFailure } from '@hookswitch/dsl';
import { readField } from './mask-error.ts';

/** The spans of a server, outermost first. */
export type SpanName = 'hookswitch.webhook' | 'hookswitch.turn' | 'hookswitch.step' | 'hookswitch.outbound';

/** What a span may say: names and ids, never a number or a caller's digits. Absent and null attributes are left out. */
export interface SpanAttributes {
  /** Our own id of the call. */
  readonly call?: string | null;
  readonly flow?: string | null;
  readonly site?: string | null;
  readonly turn?: number | null;
  readonly step?: string | null;
  /** `vca` … `vnu`. */
  readonly kind?: string | null;
  readonly outcome?: string | null;
}

/** What a function that is traced may do to its span. */
export interface TracedSpan {
  /** Adds what became known on the way. */
  set(attributes: SpanAttributes): void;
}

const TRACER = '@hookswitch/runtime';

/**
 * Runs `fn` in a span, under the span that is active. Its result, or what it throws, passes through; an error is recorded by its name and code only, since its
 * message may quote what a caller pressed. Costs next to nothing as long as no OpenTelemetry SDK is registered.
 */
export function withSpan<T>(name: SpanName, attributes: SpanAttributes, fn: (span: TracedSpan) => T): T {
  if (!isTraced()) return fn(SILENT);
  return trace.getTracer(TRACER).startActiveSpan(name, (span) => {
    if (!span.isRecording()) return endAfter(span, () => fn(SILENT));
    span.setAttributes(prefixed(attributes));
    return endAfter(span, () => fn({ set: (more) => void span.setAttributes(prefixed(more)) }));
  });
}

/** Whether an SDK is registered. Asked each time: that may happen after this module is loaded. */
function isTraced(): boolean {
  const provider = trace.getTracerProvider();
  return !(provider instanceof ProxyTracerProvider) || provider.getDelegateTracer(TRACER) !== undefined;
}

const SILENT: TracedSpan = Object.freeze({ set: () => undefined });

/** Ends the span when `fn` has settled, synchronously where it did. */
function endAfter<T>(span: Span, fn: () => T): T {
  let result: T;
  try {
    result = fn();
  } catch (error) {
    fail(span, error);
    throw error;
  }
  if (!isPromise(result)) {
    span.end();
    return result;
  }
  const settled = result.then(
    (value: unknown) => {
      span.end();
      return value;
    },
    (error: unknown) => {
      fail(span, error);
      throw error;
    },
  );
  return settled as T;
}

function fail(span: Span, error: unknown): void {
  const code = typeof error === 'object' && error !== null ? readField(error as Error, 'code') : undefined;
  span.setAttribute('error.type', typeof code === 'string' ? code : typeof error === 'object' ? stepFailure(error).name : typeof error);
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

function prefixed(attributes: SpanAttributes): Attributes {
  const known = Object.entries(attributes).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(known.map(([key, value]) => [`hookswitch.${key}`, value as string | number]));
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
