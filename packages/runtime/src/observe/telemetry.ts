/** What is measured of a server: metrics for Prometheus, and spans for OpenTelemetry. Labels and attributes are names, never numbers or digits. */
import { type Attributes, ProxyTracerProvider, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { cutText, stepFailure } from '@hookswitch/dsl';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { type CountLiveCalls, OTHER, registerLiveCalls } from './live-calls.ts';
import { readField } from './mask-error.ts';

/** Settings of `createMetrics`. */
export interface MetricsOptions {
  /** Asked at each scrape, e.g. `() => store.liveCounts()`. @default the gauge stays empty */
  readonly liveCalls?: CountLiveCalls;
  /** Memory, processor time and event loop delay of the process; they belong to one server of a process only. @default false */
  readonly process?: boolean;
  /** Asked at each scrape: log lines that could not be written. @default they are not counted */
  readonly droppedLogLines?: () => number;
  /** Different values of one label, after which `other` stands for the rest, ≥ 1. @default 200 */
  readonly labelValues?: number;
  /** Milliseconds that `liveCalls` may take before a scrape goes on without it, ≥ 1. @default 2000 */
  readonly liveCallsTimeout?: number;
}

/** What a server counts. Every method is synchronous and never throws; labels are names, never numbers or ids of calls. */
export interface Metrics {
  /** The content type of `text()`. */
  readonly contentType: string;
  /** All metrics in the text format of Prometheus. */
  text(): Promise<string>;
  /** A webhook was answered after `ms` milliseconds: `webhook`, and what follows from it. */
  received(kind: string, outcome: string, ms: number): void;
  /** A webhook was answered. `kind`: `vca` … `vnu`, or `unknown`; `outcome`: e.g. `answered`, `duplicate`, `held`, `fallback`, `stored`, `refused`, `missing-field`. */
  webhook(kind: string, outcome: string): void;
  /** A call action took `ms` milliseconds from its arrival to its answer. */
  turn(outcome: string, ms: number): void;
  /** A step took `ms` milliseconds, all its attempts together. `outcome`: e.g. `ok`, `failed`, `timeout`, `aborted`. */
  step(name: string, outcome: string, ms: number): void;
  /** An answer bought time. */
  hold(flow: string): void;
  /** A caller heard the fallback. `reason`: e.g. `flow-error`, `divergence`, `callflow-rule`, `store`, `unknown-session`. */
  fallback(reason: string): void;
  /** A webhook came again. */
  duplicate(kind: string): void;
  /** A journal did not fit the flow's code. */
  divergence(flow: string): void;
  /** Silence came sooner than any capture can time out: the platform may ask per action, and `delivery: 'action'` is what it needs. */
  perActionSuspected(flow: string): void;
  /** A webhook had digits that the capture could not have delivered. `problem`: `too-long`, `not-dtmf`. */
  oddDigits(problem: string): void;
  /** The platform ended a session with an error. `code`: 8x8's, e.g. `-2003`, or `none`. */
  sessionError(code: string): void;
  /** A webhook named a subaccount that is not configured. */
  foreignSubAccount(kind: string): void;
  /** A call was placed. `result`: e.g. `created`, `rejected`, `unknown`. */
  outbound(result: string): void;
  /** A call is over that has this tag, of which its flow has metrics. */
  tagged(flow: string, tag: string, value: string): void;
  /** A call is over. `ending`: e.g. `contained`, `transferred`, `abandoned`. */
  ended(flow: string, version: string, ending: string): void;
  /** A call ended while it was waited for something at a site. */
  exit(flow: string, site: string): void;
  /** A call was turned away: intake was closed. */
  turnedAway(flow: string): void;
  /** The store failed. `operation`: e.g. `load`, `commit`. */
  storeError(operation: string): void;
}

/** Seconds: from a turn that is answered from memory to the end of the longest budget. */
const TURN_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 4, 5, 10];
const STEP_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** The metrics of one server, in a registry of its own: several servers in one process don't meet. */
export function createMetrics(options: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  const values = options.labelValues ?? 200;
  const registers = [registry];

  const counter = (name: string, help: string, ...labels: readonly string[]): ((...values: readonly string[]) => void) => {
    const count = new Counter({ name: `hookswitch_${name}_total`, help, labelNames: labels, registers });
    const labelled = perLabels(labels.length, values, (given) => count.labels(...given));
    return (...given) => {
      labelled(given).inc();
    };
  };
  const histogram = (name: string, help: string, buckets: number[], ...labels: readonly string[]) => {
    const observed = new Histogram({ name: `hookswitch_${name}_seconds`, help, buckets, labelNames: labels, registers });
    const labelled = perLabels(labels.length, values, (given) => observed.labels(...given));
    return (ms: number, ...given: readonly string[]): void => {
      if (Number.isFinite(ms)) labelled(given).observe(Math.max(0, ms) / 1_000);
    };
  };

  const turn = histogram('turn', 'Time from the arrival of a call action to its answer.', TURN_BUCKETS, 'outcome');
  const step = histogram('step', 'Time of a step, all its attempts together.', STEP_BUCKETS, 'step', 'outcome');
  const storeError = counter('store_errors', 'Operations of the store that failed.', 'operation');
  if (options.process === true) collectDefaultMetrics({ register: registry });
  const { droppedLogLines } = options;
  if (droppedLogLines !== undefined) {
    new Counter({
      name: 'hookswitch_dropped_log_lines_total',
      help: 'Log lines that could not be written.',
      registers,
      collect() {
        this.reset();
        this.inc(droppedLogLines());
      },
    });
  }
  if (options.liveCalls !== undefined) {
    registerLiveCalls(registry, options.liveCalls, {
      combinations: values,
      timeout: options.liveCallsTimeout ?? 2_000,
      onError: () => storeError('live-counts'),
    });
  }

  const webhook = counter('webhooks', 'Webhooks that were answered.', 'kind', 'outcome');
  const duplicate = counter('duplicates', 'Webhooks that came again.', 'kind');
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    received: (kind, outcome, ms) => {
      webhook(kind, outcome);
      if (kind === 'vca') turn(ms, outcome);
      else if (outcome === 'duplicate') duplicate(kind);
    },
    webhook,
    turn: (outcome, ms) => turn(ms, outcome),
    step: (name, outcome, ms) => step(ms, name, outcome),
    hold: counter('holds', 'Answers that bought time for slow steps.', 'flow'),
    fallback: counter('fallbacks', 'Answers in which a caller heard the fallback.', 'reason'),
    duplicate,
    divergence: counter('divergences', "Journals that did not fit the flow's code.", 'flow'),
    perActionSuspected: counter('per_action_suspected', 'Silences that came sooner than any capture can time out.', 'flow'),
    oddDigits: counter('odd_digits', 'Digits that the capture could not have delivered.', 'problem'),
    sessionError: counter('session_errors', 'Sessions that the platform ended with an error.', 'code'),
    foreignSubAccount: counter('foreign_subaccounts', 'Webhooks that named a subaccount which is not configured.', 'kind'),
    tagged: counter('calls_tagged', 'Calls that are over, by the tags of which their flow has metrics.', 'flow', 'tag', 'value'),
    ended: counter('calls_ended', 'Calls that are over, by how they came out.', 'flow', 'version', 'ending'),
    exit: counter('site_exits', 'Calls that ended while something was waited for at a site.', 'flow', 'site'),
    turnedAway: counter('calls_turned_away', 'Calls that were turned away because intake was closed.', 'flow'),
    outbound: counter('outbound_calls', 'Calls that were placed.', 'result'),
    storeError,
  };
}

/** What `make` makes of label values, once for each combination of those that are let through. */
function perLabels<T>(labels: number, limit: number, make: (given: readonly string[]) => T): (given: readonly string[]) => T {
  const limits = Array.from({ length: labels }, () => createLabelLimit(limit));
  const made = new Map<string, T>();
  return (given) => {
    // What was let through before needs no second look.
    const before = made.get(given.join('\u0000'));
    if (before !== undefined) return before;
    const passed = limits.map((pass, index) => pass(given[index] ?? ''));
    const key = passed.join('\u0000');
    let known = made.get(key);
    if (known === undefined) made.set(key, (known = make(passed)));
    return known;
  };
}

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

/** Characters of a label's value. */
const MAX_LABEL = 100;

/** Keeps a label's values to the first `limit` different ones, so that nothing from outside makes a time series of its own. */
function createLabelLimit(limit: number): (value: string) => string {
  const seen = new Set<string>();
  return (value) => {
    const label = cutText(value, MAX_LABEL);
    if (seen.has(label)) return label;
    if (seen.size >= limit) return OTHER;
    seen.add(label);
    return label;
  };
}
