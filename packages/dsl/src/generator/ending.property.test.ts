import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { explore } from '../chart/explore.ts';
import { sampleCall } from '../chart/sample-calls.ts';
import { BRIDGE_OUTCOMES } from '../effects/bridge.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import { compile, type Position } from '../machine/compile.ts';
import type { FlowEvent } from '../machine/events.ts';
import type { Decision } from './decision.ts';
import { Model, type Rule, type Stand } from './ending-model.test-support.ts';
import { branches, flowOf, programs, type Statement, type Style, text } from './ending-programs.test-support.ts';
import type { Entry } from './journal.ts';
import { begin, replay } from './replay.ts';

const MAX_ANSWERS = 40;
/** All sites are off this chart, which costs nothing but labels. */
const CHART = explore(defineFlow({ name: 'generated', voice: 'en-US-ZiraRUS' }, function* () {}));

/** What the world does: one number for each answer, when the session ends, and whether a summary tells how a bridge went. */
const world = fc.record({
  dice: fc.array(fc.integer({ min: -1, max: 3 }), { minLength: MAX_ANSWERS, maxLength: MAX_ANSWERS }),
  endsAt: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 9 })),
  tells: fc.boolean(),
});
/** The same of a caller who goes into the first branch, and likes to go back. */
const goingBack = world.map((one) => ({ ...one, dice: one.dice.map((die, index) => (index === 0 ? 1 : die === 3 ? 0 : die)) }));
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** What comes next where a program stands; null where nothing does. */
class Line {
  readonly #world: World;
  #answers = 0;
  #over = false;

  constructor(of: World) {
    this.#world = of;
  }

  next({ site, ending }: Stand): Entry | null {
    if (site === 'closed' || this.#answers >= MAX_ANSWERS) return null;
    const at = this.#answers + 1;
    if (!this.#over && (this.#answers >= this.#world.endsAt || site === 'ended' || site === 'failed')) {
      this.#over = true;
      return { site, at, ended: true, ...(this.#world.tells && site.startsWith('bridge') ? { value: bridgeOf(at) } : {}) };
    }
    if (ending && !site.startsWith('step')) return null;
    return answered(site, at, this.#world.dice[this.#answers++] as number);
  }
}

function answered(site: string, at: number, die: number): Entry {
  if (site.startsWith('step')) return die === 0 ? { site, at, error: { name: 'Error', message: 'failed' } } : { site, at, value: die - 1 };
  if (site.startsWith('bridge')) return { site, at, value: bridgeOf(die + 1) };
  const keys = site.startsWith('capture') ? [null, '0', '1', '2', '3'] : [null, '*', '1', '1', '0'];
  return { site, at, value: keys[die + 1] };
}

function bridgeOf(die: number) {
  return { outcome: BRIDGE_OUTCOMES[die % 2] ?? 'unknown', sipCode: null, duration: null };
}

const standOf = ({ site, ending, actions, logs }: Pick<Decision | Position, 'site' | 'ending' | 'actions' | 'logs'>): Stand => ({
  site,
  ending,
  said: actions.flatMap((action) => (action.action === 'say' ? [action.params.text] : [])),
  logged: logs.map(({ message }) => message),
});

/** Plays a program as the model does, and gives the entries of its call. */
function expectAsModel(
  program: readonly Statement[],
  rule: Rule,
  of: World,
): { readonly flow: FlowModule; readonly entries: readonly Entry[] } {
  const flow = flowOf(program);
  const model = new Model(program, rule);
  const line = new Line(of);
  const { run, decision } = begin(flow, sampleCall(flow.options));
  const entries: Entry[] = [];
  expect(standOf(decision), text(program)).toEqual(model.stand);
  for (let entry = line.next(model.stand); entry !== null; entry = line.next(model.stand)) {
    entries.push(entry);
    expect(standOf(run.answer(entry)), `${text(program)}\n${JSON.stringify(entries)}`).toEqual(model.answer(entry));
  }
  return { flow, entries };
}

/** Replays a call from scratch, and restores it in a machine, after each of its answers. */
function expectSameAnew(flow: FlowModule, entries: readonly Entry[]): void {
  const call = sampleCall(flow.options);
  const live = compile(flow, { chart: CHART });
  const cold = compile(flow, { chart: CHART, liveCache: 'off' });
  const { run, decision } = begin(flow, call);
  let stand = standOf(decision);
  let position = live.start(call);
  entries.forEach((entry, index) => {
    position = live.next(position, eventOf(entry));
    stand = standOf(run.answer(entry));
    const past = entries.slice(0, index + 1);
    expect(standOf(position)).toEqual(stand);
    expect(standOf(replay(flow, call, past).decision)).toEqual(stand);
    const restored = cold.restore(call, JSON.parse(JSON.stringify(past)) as Entry[], stand.site);
    expect([standOf(restored), restored.error instanceof Error]).toEqual([stand, position.error instanceof Error]);
    const next = entries[index + 1];
    if (next !== undefined)
      expect(standOf(cold.next(restored, eventOf(next)))).toEqual(standOf(replay(flow, call, [...past, next]).decision));
  });
}

function eventOf(entry: Entry): FlowEvent {
  const { at, site } = entry;
  if ('ended' in entry) return { type: 'SESSION_ENDED', at, ...(entry.value === undefined ? {} : { bridge: entry.value }) };
  if (!site.startsWith('step')) return { type: 'ACTION_COMPLETED', at, answer: (entry as { value: string | null }).value };
  return 'error' in entry
    ? { type: 'STEP_SETTLED', at, outcome: { ok: false, error: entry.error } }
    : { type: 'STEP_SETTLED', at, outcome: { ok: true, value: (entry as { value?: unknown }).value } };
}

const runs = (style: Style, numRuns: number) => test.prop([programs(style), world], { numRuns, seed: 7 });
const some = (style: Style, numRuns: number) => test.prop([programs(style), world], { numRuns, seed: 11 });

describe('every flow', () => {
  runs('marked', 2_000)('performs all that waits in a block, and nothing else, once it is left', (program, of) => {
    expectAsModel(program, 'wanted', of);
  });

  runs('bare', 2_000)('performs what waits in a finally that a return has opened, and nothing else, once it is left', (program, of) => {
    expectAsModel(program, 'achievable', of);
  });

  test.prop([branches('marked'), goingBack], { numRuns: 1_500, seed: 13 })(
    'tidies up when the caller goes back, and hangs up then',
    (program, of) => {
      expectAsModel(program, 'wanted', of);
    },
  );

  test.prop([branches('bare'), goingBack], { numRuns: 1_500, seed: 17 })(
    'does so outside of blocks where a return opens the finally',
    (program, of) => {
      expectAsModel(program, 'achievable', of);
    },
  );

  some('marked', 300)('is left in the same way live, replayed and restored', (program, of) => {
    const { flow, entries } = expectAsModel(program, 'wanted', of);
    expectSameAnew(flow, entries);
  });

  some('bare', 300)('is left in the same way live, replayed and restored, with waits outside of blocks', (program, of) => {
    const { flow, entries } = expectAsModel(program, 'achievable', of);
    expectSameAnew(flow, entries);
  });
});
