import {
  bridge,
  capture,
  defineFlow,
  type Flow,
  type FlowModule,
  hangup,
  log,
  say,
  step,
  type StepContext,
  uninterruptible,
} from '@hookswitch/dsl';
import fc from 'fast-check';

/** A part of a random flow. `slow`: how long its step takes about, ms. */
export type Part =
  | { readonly is: 'say' | 'ask' | 'bridge' | 'log' | 'hangup' }
  | { readonly is: 'step'; readonly fails: boolean; readonly slow: number }
  | { readonly is: 'branch'; readonly one: readonly Part[]; readonly two: readonly Part[] }
  | { readonly is: 'block'; readonly body: readonly Part[]; readonly cleanUp: readonly Part[] };

const stepOf = (slow: readonly number[]): fc.Arbitrary<Part> =>
  fc.record({ is: fc.constant('step' as const), fails: fc.boolean(), slow: fc.constantFrom(...slow) });

/** Random flows: talk, questions, bridges, slow and failing steps, branches, blocks with clean-up. */
export const parts: fc.Arbitrary<readonly Part[]> = fc.letrec<{ list: Part[]; part: Part }>((tie) => ({
  list: fc.array(tie('part'), { minLength: 1, maxLength: 4 }),
  part: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom<Part>({ is: 'say' }, { is: 'ask' }, { is: 'ask' }, { is: 'bridge' }, { is: 'log' }),
    stepOf([0, 0, 50, 3_000, 9_000, 40_000]),
    fc.constant<Part>({ is: 'hangup' }),
    fc.record({ is: fc.constant('branch' as const), one: tie('list'), two: tie('list') }),
    fc.record({
      is: fc.constant('block' as const),
      body: tie('list'),
      cleanUp: fc.array(stepOf([0, 50, 9_000]), { minLength: 1, maxLength: 2 }),
    }),
  ),
})).list;

/** Does what a step does. */
export type Perform = (site: string, part: Extract<Part, { is: 'step' }>, context: StepContext) => Promise<string>;

/** A flow, and which sites tell that one of its blocks was entered, and which tidy up. */
export interface RandomFlow {
  readonly flow: FlowModule;
  readonly blocks: readonly { readonly inside: readonly string[]; readonly cleanUp: readonly string[] }[];
}

/** Builds the flow; each part has a site of its own. */
export function buildFlow(list: readonly Part[], perform: Perform): RandomFlow {
  const blocks: { inside: string[]; cleanUp: string[] }[] = [];
  let built = 0;
  const build = (part: Part, around: readonly string[][]): (() => Flow) => {
    const id = `${part.is}-${++built}`;
    if (part.is !== 'say' && part.is !== 'log' && part.is !== 'hangup' && part.is !== 'block') for (const sites of around) sites.push(id);
    const all = (inner: readonly Part[], inside = around): (() => Flow) => {
      const flows = inner.map((one) => build(one, inside));
      return function* () {
        for (const flow of flows) yield* flow();
      };
    };
    switch (part.is) {
      case 'say':
        return function* () {
          yield say(`Said ${id}.`);
        };
      case 'log':
        return function* () {
          yield log(`Logged ${id}.`);
        };
      case 'hangup':
        return function* () {
          yield hangup();
        };
      case 'ask':
        return function* () {
          const digits = yield* capture(`Ask ${id}?`, { id });
          yield say(`Got ${digits ?? 'nothing'}.`);
        };
      case 'bridge':
        return function* () {
          // What came of it is unknown where the webhook that says so is lost: nobody is called again.
          yield* bridge('+6531589338', { id });
          yield say(`Bridged ${id}.`);
        };
      case 'step':
        return function* () {
          try {
            const value = yield* step(id, (context) => perform(id, part, context), { timeout: 100_000, examples: { ok: 'v' } });
            yield say(`Step ${value}.`);
          } catch {
            yield say(`Failed ${id}.`);
          }
        };
      case 'branch': {
        const [one, two] = [all(part.one), all(part.two)];
        return function* () {
          const digits = yield* capture(`Choose ${id}?`, { id });
          yield* digits === '1' ? one() : two();
        };
      }
      case 'block': {
        const block = { inside: [], cleanUp: [] };
        blocks.push(block);
        const body = all(part.body, [...around, block.inside]);
        const cleanUp = all(part.cleanUp, [block.cleanUp]);
        return function* () {
          try {
            yield* body();
          } finally {
            yield* uninterruptible(cleanUp);
          }
        };
      }
    }
  };
  const body = list.map((part) => build(part, []));
  const flow = defineFlow({ name: 'random', voice: 'en-US-ZiraRUS' }, function* () {
    for (const one of body) yield* one();
    yield say('Goodbye.');
  });
  return { flow, blocks };
}
