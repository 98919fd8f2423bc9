import { capture, defineFlow, type FlowModule, say, step, type StepContext, StepFailedError, uninterruptible } from '@hookswitch/dsl';

/** How many risks a caller takes. */
export const ROUNDS = 4;

/** Something that a step may do, and what callers hear of it. */
interface Risk {
  readonly does: string;
  readonly ends: 'fine' | 'wrong';
  /** ms. @default 1500 */
  readonly timeout?: number;
  run(context: StepContext): unknown;
}

const circle: { self?: unknown } = {};
circle.self = circle;

/** By the key that is pressed. */
export const RISKS: Readonly<Record<string, Risk>> = {
  0: { does: 'does what it should', ends: 'fine', run: () => 'fine' },
  1: { does: 'hangs, and does not listen', ends: 'wrong', run: () => new Promise(() => undefined) },
  2: {
    does: 'throws',
    ends: 'wrong',
    run: () => {
      throw new TypeError('no');
    },
  },
  3: { does: 'rejects', ends: 'wrong', run: () => Promise.reject(new TypeError('no')) },
  4: { does: 'rejects with nothing', ends: 'wrong', run: () => Promise.reject(undefined as unknown as Error) },
  5: { does: 'gives a number that JSON has not', ends: 'wrong', run: () => 7n },
  6: { does: 'gives a circle', ends: 'wrong', run: () => circle },
  7: { does: 'blocks the process', ends: 'fine', run: () => block(200) },
  8: { does: 'hangs for longer than the budget until it is told to end', ends: 'wrong', timeout: 4_000, run: untilTold },
  9: { does: 'takes longer than the budget', ends: 'fine', timeout: 10_000, run: ({ signal }) => pause(3_000, signal) },
};

/** Callers choose what the next step does. Each tells `receiver` that it has begun, and so does what cleans up. */
function risks(receiver: string): FlowModule {
  const tell = async (effect: object, { idempotencyKey }: StepContext): Promise<void> => {
    const body = JSON.stringify({ ...effect, item: null, key: idempotencyKey, instance: process.pid });
    const response = await fetch(receiver, { method: 'POST', body });
    await response.text();
  };
  return defineFlow({ name: 'risks', voice: 'en-US-ZiraRUS' }, function* (call) {
    const session = call.sessionId;
    try {
      for (let n = 1; n <= ROUNDS; n++) {
        const key = yield* capture(`Risk ${n}?`, { id: `ask-${n}`, maxDigits: 1, completeOnHash: false });
        const { run, timeout = 1_500 } = RISKS[key ?? '0'] ?? { run: () => 'fine' };
        const dare = (context: StepContext): unknown => tell({ session, kind: 'risk', n }, context).then(() => run(context));
        try {
          const result = yield* step(`risk-${n}`, dare, { retries: 0, timeout, examples: { fine: 'fine' } });
          yield say(`Risk ${n} went ${String(result)}.`);
        } catch (error) {
          if (!(error instanceof StepFailedError)) throw error;
          yield say(`Risk ${n} went wrong.`);
        }
      }
      yield say('Goodbye.');
    } finally {
      yield* uninterruptible(function* () {
        yield* step('bye', (context) => tell({ session, kind: 'bye', n: 1 }, context), { examples: { done: null } });
      });
    }
  });
}

/** For `startServerProcess`. */
export function flows(receiver: string): readonly FlowModule[] {
  return [risks(receiver)];
}

function block(ms: number): string {
  for (const until = performance.now() + ms; performance.now() < until;);
  return 'fine';
}

function untilTold({ signal }: StepContext): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new TypeError('told to end')), { once: true });
  });
}

function pause(ms: number, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms, 'fine');
    signal.addEventListener('abort', () => (clearTimeout(timer), reject(new TypeError('told to end'))), { once: true });
  });
}
