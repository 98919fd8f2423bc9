/** What a flow would read that is not the same on each run of it, or do again on each. */
export type Offence = 'clock' | 'zone' | 'locale' | 'chance' | 'world' | 'timer' | 'machine' | 'console';

/** Whether a flow may use a global, and why. */
export interface GlobalDecision {
  /** What every use of it offends against; null where some uses don't, or none does. */
  readonly always: Offence | null;
  /** Properties of it that offend, whatever is done with them. */
  readonly members: Readonly<Record<string, Offence>>;
  readonly why: string;
}

const pure = (why: string, members: Readonly<Record<string, Offence>> = {}): GlobalDecision => ({ always: null, members, why });
const never = (always: Offence, why: string): GlobalDecision => ({ always, members: {}, why });

const DATA = 'Gives the same for the same arguments.';
const STREAM = 'Holds data; what it is read from is the offence.';
const READ_LATER = 'Does its work after the flow has gone on, so that nothing of it reaches the flow.';

/** All globals of one kind. */
function each(names: string, decision: GlobalDecision): Record<string, GlobalDecision> {
  return Object.fromEntries(names.split(' ').map((name) => [name, decision]));
}

/**
 * Every global of Node.js 20 to 26 and of browsers' kin, decided once: lint reports by it, and `verify` explores flows in worlds in which what is read here differs.
 * What depends on the arguments (`new Date()` and `new Date(2026, 0, 5)`, Intl without a zone) is in `eslint/local-time.ts`.
 */
export const GLOBALS: Readonly<Record<string, GlobalDecision>> = {
  ...each(
    'Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol RegExp JSON Map Set WeakMap WeakSet Proxy Reflect BigInt Iterator isFinite isNaN',
    pure(DATA),
  ),
  ...each(
    'ArrayBuffer SharedArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array',
    pure(DATA),
  ),
  ...each(
    'Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError DOMException QuotaExceededError',
    pure('An error is data; its stack names files, and nobody speaks it.'),
  ),
  ...each('decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape atob btoa', pure(DATA)),
  ...each('URL URLSearchParams URLPattern TextEncoder TextDecoder Headers FormData Blob', pure(DATA)),
  ...each('eval WebAssembly', pure('Runs code, which is judged by what it uses.')),
  ...each('globalThis global window self', pure('What is read from them is judged.')),
  ...each('DisposableStack AsyncDisposableStack EventTarget AbortController', pure('Calls back at once, in order.')),
  structuredClone: pure('A copy is as pure as what is copied: a date stays the same moment.'),
  Promise: pure('A flow can not await it: that is reported. Made and handed on, it does no harm.'),
  AbortSignal: pure(DATA, { timeout: 'timer' }),
  Atomics: pure('Works on memory of the process.', { wait: 'timer', waitAsync: 'timer' }),
  Buffer: pure(DATA, { allocUnsafe: 'chance', allocUnsafeSlow: 'chance' }),
  Math: pure('All of it is arithmetic, but for chance.', { random: 'chance' }),
  Date: pure('A known moment is data; the moment that it is, and the zone of the machine, are not.', { now: 'clock' }),
  Temporal: pure('As dates: what is known is data.', { Now: 'clock' }),
  Intl: pure('Pure with a locale and, for times, a zone and a moment.'),
  ...each(
    'ReadableStream ReadableStreamDefaultReader ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableByteStreamController ReadableStreamDefaultController WritableStream WritableStreamDefaultController WritableStreamDefaultWriter TransformStream TransformStreamDefaultController ByteLengthQueuingStrategy CountQueuingStrategy TextEncoderStream TextDecoderStream CompressionStream DecompressionStream Request Response',
    pure(STREAM),
  ),
  ...each('Event CustomEvent MessageEvent CloseEvent ErrorEvent', never('clock', 'Carries the time at which it was made.')),
  File: never('clock', 'Carries the time at which it was made.'),
  ...each(
    'performance Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver PerformanceObserverEntryList PerformanceResourceTiming',
    never('clock', 'Measures time.'),
  ),
  ...each('crypto Crypto CryptoKey SubtleCrypto', never('chance', 'Draws, or works after the flow has gone on.')),
  ...each('fetch XMLHttpRequest WebSocket EventSource require', never('world', 'Asks the outside world.')),
  ...each('BroadcastChannel MessageChannel MessagePort Worker', never('world', 'Talks with other threads.')),
  ...each('setTimeout setInterval setImmediate queueMicrotask clearTimeout clearInterval clearImmediate', never('timer', READ_LATER)),
  ...each('FinalizationRegistry WeakRef gc', never('machine', 'Shows when memory is collected.')),
  ...each('process Deno Bun navigator Navigator', never('machine', 'Differs from machine to machine.')),
  ...each('localStorage sessionStorage Storage', never('machine', 'Keeps something that other machines do not have.')),
  console: never('console', 'Prints on each run.'),
};
