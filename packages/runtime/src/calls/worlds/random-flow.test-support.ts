import {
  bridge,
  capture,
  compile,
  defineFlow,
  type FlowModule,
  log,
  say,
  settings,
  type StandardSchema,
  step,
  type StepContext,
  tags,
  waitFor,
} from '@hookswitch/dsl';
import type fc from 'fast-check';
import { flowOf, programs, type Statement } from '../../../../dsl/src/generator/ending-programs.test-support.ts';
import { numberOf } from './simulated-time.test-support.ts';

/** Waits of a program at most, each round of its loops counted. */
const MAX_WAITS = 14;
/** How long steps take about, ms. */
const SLOW = [0, 0, 50, 3_000, 9_000, 40_000] as const;

export type Program = readonly Statement[];

/** Random flows, as those of the dsl's tests: talk, questions, bridges, steps, branches with keys back and to the main menu, `finally` and `uninterruptible`. */
export const anyProgram: fc.Arbitrary<Program> = programs('marked').filter((program) => waitsOf(program) <= MAX_WAITS);

function waitsOf(program: Program): number {
  let waits = 0;
  for (const one of program) {
    if ('name' in one && one.t !== 'say' && one.t !== 'log') waits++;
    const rounds = one.t === 'loop' ? 2 : 1;
    if ('body' in one) waits += rounds * waitsOf(one.body);
    if ('otherwise' in one) waits += waitsOf(one.otherwise ?? []);
    if ('catch' in one) waits += waitsOf(one.catch ?? []) + waitsOf(one.finally ?? []);
  }
  return waits;
}

/** A step of a program: how long it takes about, and what it comes to; null: it fails. */
export interface StepPlan {
  readonly site: string;
  readonly slow: number;
  readonly value: number | null;
}

/** Does what a step does. */
export type Perform = (plan: StepPlan, context: StepContext) => Promise<number>;

/** What a sensitive question is answered with. */
export const SECRET = '482913';

/** Every third question of a program is sensitive. */
export function isSecret(site: string): boolean {
  return site.startsWith('capture') && numberOf(site) % 3 === 0;
}

/** What a hold says, which no caller counts: it depends on how long a signal takes. */
export const PIECE = 'PIECE';
/** How long it takes to say, ms; a wait has time for a few. */
export const PIECE_TAKES = 4_000;

/** What a signal has: the number of its request. */
interface Numbered {
  readonly number: number;
}

const NUMBERED: StandardSchema<Numbered> = {
  '~standard': {
    version: 1,
    vendor: 'worlds',
    validate: (value) =>
      typeof (value as Partial<Numbered> | null)?.number === 'number'
        ? { value: value as Numbered }
        : { issues: [{ message: 'no number' }] },
  },
};

/** The signals that programs wait for; one is sensitive. */
export const SIGNALS = { paid: { sensitive: false }, pin: { sensitive: true } } as const;
export type SignalName = keyof typeof SIGNALS;

/** The signal that a site waits for: half of the bridges and a quarter of the questions of a program do; null for none. */
export function signalOf(site: string): SignalName | null {
  const number = numberOf(`${site} of a signal`);
  const isOne = (site.startsWith('bridge') && number % 2 === 0) || (site.startsWith('capture') && number % 4 === 0);
  return !isOne ? null : (number >>> 8) % 2 === 0 ? 'paid' : 'pin';
}

/** Waits for a signal; what comes of it is nothing to the program, so that the caller hears the same whether it comes or not. */
function waitAt(site: string | null, name: SignalName): ReturnType<typeof waitFor<Numbered>> {
  return waitFor(name, {
    id: site,
    schema: NUMBERED,
    timeout: 3 * PIECE_TAKES,
    hold: [say(PIECE)],
    examples: { one: { number: 1 } },
    ...SIGNALS[name],
  });
}

/** What programs note: two of three of their lines for the log set tags instead. */
const LABELS = tags({ last: 'text', parity: ['even', 'odd'], number: 'number', level: 'number' });

/** What operators change meanwhile: each change makes `level` another one, and `again` the same. */
export const LINE = settings({ level: { kind: 'number', default: 0 }, again: { kind: 'number', default: 0 } });

/** Reads what operators have set at its beginning, and again wherever a line of its log has a number that four divides. */
function reading(flow: FlowModule): FlowModule {
  const body: FlowModule['body'] = function* (call) {
    const { level, again } = yield* LINE.read();
    if (level !== again) throw new TypeError(`a call sees two states: ${level} and ${again}`);
    yield LABELS.set({ level });
    return yield* flow.body(call);
  };
  return { ...flow, options: { ...flow.options, settings: LINE }, body };
}

/** A program as a flow whose steps are performed by `perform`; each prompt names its site. */
export function buildFlow(program: Program, perform: Perform): FlowModule {
  const makers: Parameters<typeof flowOf>[1] = {
    log: ((name: string) => {
      const number = numberOf(name);
      if (number % 4 === 0) return LINE.read() as unknown as ReturnType<typeof log>;
      if (number % 3 === 0) return log(name);
      return number % 3 === 1 ? LABELS.set({ last: name, number }) : LABELS.set({ parity: number % 2 === 0 ? 'even' : 'odd' });
    }) as unknown as typeof log,
    bridge: ((to: string, options: { readonly id: string }) => {
      const name = signalOf(options.id);
      return name === null ? bridge(to, options) : waitAt(options.id, name);
    }) as unknown as typeof bridge,
    capture: (prompt, options) => {
      const id = options?.id ?? '';
      const name = signalOf(id);
      if (name !== null) return waitAt(id, name) as unknown as ReturnType<typeof capture>;
      return capture(`${String(prompt)} ${id}`, { ...options, id, sensitive: isSecret(id) }) as ReturnType<typeof capture>;
    },
    step: ((site: string) => {
      const dice = numberOf(`${site} of a step`);
      const value = dice % 4 === 0 ? null : dice % 3;
      const plan = { site, slow: SLOW[(dice >>> 8) % SLOW.length] ?? 0, value };
      const isSensitive = (dice >>> 16) % 8 === 0;
      return step(site, (context) => perform(plan, context), { timeout: 100_000, sensitive: isSensitive, examples: { one: 1 } });
    }) as unknown as typeof step,
  };
  return reading(flowOf(program, makers, LABELS));
}

const WAITING = defineFlow({ name: 'generated', voice: 'en-US-ZiraRUS' }, function* () {
  for (const name of Object.keys(SIGNALS) as SignalName[]) yield* waitAt(null, name);
});

/** A chart without sites, which costs nothing but labels, but with the signals: exploring would take longer than the worlds. */
export const CHART = {
  ...compile(defineFlow({ name: 'generated', voice: 'en-US-ZiraRUS' }, function* () {})).chart,
  signals: compile(WAITING).chart.signals,
};
