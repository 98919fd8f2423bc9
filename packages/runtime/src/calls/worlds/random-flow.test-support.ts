import { capture, compile, defineFlow, type FlowModule, log, settings, step, type StepContext, tags } from '@hookswitch/dsl';
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
    capture: (prompt, options) => {
      const id = options?.id ?? '';
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

/** A chart without sites, which costs nothing but labels: exploring would take longer than the worlds. */
export const CHART = compile(defineFlow({ name: 'generated', voice: 'en-US-ZiraRUS' }, function* () {})).chart;
