import { fc } from '@fast-check/vitest';
import { bridge } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { hangup } from '../effects/hangup.ts';
import { log } from '../effects/log.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { uninterruptible } from '../effects/uninterruptible.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { FlowBody, FlowModule } from '../flow/flow-options.ts';
import type { Tags } from '../flow/tags.ts';
import { ask } from '../questions/ask/ask.ts';
import { confirm } from '../questions/menu/confirm.ts';
import { menu } from '../questions/menu/menu.ts';

/** Effects that a program waits for. */
export const WAITS = ['step', 'capture', 'bridge', 'menu', 'ask', 'confirm'] as const;
export type WaitKind = (typeof WAITS)[number];

/** One statement of a generated flow. `plain` ones are yielded without a star. */
export type Statement =
  | { readonly t: WaitKind | 'say' | 'log'; readonly name: string; readonly plain: boolean }
  /** A menu without `otherwise`, whose caller has one attempt. */
  | { readonly t: 'demand'; readonly name: string; readonly plain: boolean }
  | { readonly t: 'hangup' | 'throw' | 'return' | 'break' }
  | { readonly t: 'if' | 'loop' | 'sub'; readonly body: readonly Statement[] }
  | { readonly t: 'block'; readonly body: readonly Statement[]; readonly plain: boolean }
  | {
      readonly t: 'branch';
      readonly name: string;
      readonly plain: boolean;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[] | null;
    }
  | {
      readonly t: 'try';
      readonly body: readonly Statement[];
      readonly catch: readonly Statement[] | null;
      readonly finally: readonly Statement[] | null;
    };

/**
 * How `finally` blocks yield: `marked`, all that waits is in `uninterruptible` blocks; `bare`, by `yield*` outside of them;
 * `plain`, by a plain `yield`, which makes JavaScript forget.
 */
export type Style = 'marked' | 'bare' | 'plain';

interface Raw {
  readonly t: Statement['t'];
  readonly plain: boolean;
  readonly whole: boolean;
  readonly body: readonly Raw[];
  readonly catch: readonly Raw[] | null;
  readonly finally: readonly Raw[] | null;
}

const { list } = fc.letrec<{ list: readonly Raw[]; statement: Raw }>((tie) => {
  const nothing = { body: fc.constant([]), catch: fc.constant(null), finally: fc.constant(null) };
  const flags = { plain: fc.boolean(), whole: fc.boolean() };
  const leaf = (weight: number, ...kinds: readonly Statement['t'][]) => ({
    weight,
    arbitrary: fc.record({ t: fc.constantFrom(...kinds), ...flags, ...nothing }),
  });
  const around = (weight: number, ...kinds: readonly Statement['t'][]) => ({
    weight,
    arbitrary: fc.record({ t: fc.constantFrom(...kinds), ...flags, ...nothing, body: tie('list') }),
  });
  const parts = { body: tie('list'), catch: fc.option(tie('list')), finally: fc.option(tie('list'), { freq: 4 }) };
  return {
    list: fc.array(tie('statement'), { minLength: 1, maxLength: 4, depthIdentifier: 'program' }),
    statement: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'program', withCrossShrink: true },
      leaf(8, 'step'),
      leaf(5, 'capture', 'bridge', 'menu', 'ask', 'confirm', 'demand'),
      leaf(4, 'say', 'log'),
      leaf(2, 'hangup', 'throw', 'return', 'break'),
      { weight: 5, arbitrary: fc.record({ t: fc.constant('try' as const), ...flags, ...parts }) },
      around(4, 'if', 'loop', 'sub'),
      around(2, 'block'),
      {
        weight: 3,
        arbitrary: fc.record({ t: fc.constant('branch' as const), ...flags, ...nothing, body: tie('list'), catch: fc.option(tie('list')) }),
      },
    ),
  };
});

/** What is around a statement. */
interface Around {
  readonly inFinally: boolean;
  /** In a block of the innermost `finally`. */
  readonly inBlock: boolean;
  readonly inFunction: boolean;
  readonly inLoop: boolean;
}

/** Makes a program of a raw tree: names what waits, and leaves out what the rules say nothing about. */
function lawful(raw: readonly Raw[], style: Style): readonly Statement[] {
  let named = 0;
  const body = (list: readonly Raw[], around: Around): readonly Statement[] => list.flatMap((one) => statement(one, around));
  const block = (inner: readonly Statement[], plain: boolean): Statement => ({ t: 'block', body: inner, plain });

  function statement(one: Raw, around: Around): readonly Statement[] {
    const bare = around.inFinally && !around.inBlock;
    const plain = one.plain && (!bare || style === 'plain');
    // Sites say whether they may be performed after the end.
    const name = `${one.t}${++named}${around.inFinally || around.inBlock ? 'f' : ''}`;
    const inFunction = { ...around, inFunction: true, inLoop: false };
    switch (one.t) {
      case 'say':
      case 'log':
        return [{ t: one.t, name, plain }];
      case 'step':
      case 'capture':
      case 'bridge':
      case 'menu':
      case 'ask':
      case 'confirm':
      case 'demand':
        if (one.t === 'demand' && bare && style !== 'marked') return [];
        return bare && style === 'marked' ? [block([{ t: one.t, name, plain: one.plain }], false)] : [{ t: one.t, name, plain }];
      case 'throw':
        return bare ? [] : [{ t: 'throw' }];
      case 'hangup':
        return [{ t: 'hangup' }];
      case 'return':
        return around.inFunction && !around.inFinally ? [{ t: 'return' }] : [];
      case 'break':
        return around.inLoop && !around.inFinally ? [{ t: 'break' }] : [];
      case 'if':
        return [{ t: 'if', body: body(one.body, around) }];
      case 'loop':
        return [{ t: 'loop', body: body(one.body, { ...around, inLoop: true }) }];
      case 'sub':
        return [{ t: 'sub', body: body(one.body, inFunction) }];
      case 'block':
        return [block(body(one.body, { ...inFunction, inBlock: true }), plain)];
      case 'branch':
        if (bare && style === 'marked') return [block(branch(one, name, { ...inFunction, inBlock: true }, one.plain), false)];
        return branch(one, name, inFunction, plain);
      case 'try': {
        const inner = { ...around, inFinally: true, inBlock: false };
        const whole = style === 'marked' && one.whole && !around.inBlock;
        const last = one.finally && (whole ? [block(body(one.finally, { ...inner, inBlock: true }), false)] : body(one.finally, inner));
        const tried = body(one.body, around);
        return one.catch === null && last === null
          ? tried
          : [{ t: 'try', body: tried, catch: one.catch && body(one.catch, around), finally: last }];
      }
    }
  }

  function branch(one: Raw, name: string, around: Around, plain: boolean): readonly Statement[] {
    return [{ t: 'branch', name, plain, body: body(one.body, around), otherwise: one.catch && body(one.catch, around) }];
  }

  return body(raw, { inFinally: false, inBlock: false, inFunction: false, inLoop: false });
}

export function programs(style: Style): fc.Arbitrary<readonly Statement[]> {
  return list.map((raw) => lawful(raw, style));
}

/** Programs of one branch that asks, so that the caller may go back, and tidies up. */
export function branches(style: Style): fc.Arbitrary<readonly Statement[]> {
  const one = { plain: false, whole: false, body: [], catch: null, finally: null };
  return fc.tuple(list, list, list).map(([first, tidying, then]) => {
    const tried: Raw = { ...one, t: 'try', body: [...first, { ...one, t: 'menu' }], finally: tidying };
    return lawful([{ ...one, t: 'branch', body: [tried, ...then] }, ...then], style);
  });
}

const SCOPE = { ask, bridge, capture, confirm, hangup, log, menu, say, step, uninterruptible, num };

/** What a program keeps of an answer. */
function num(answer: unknown): number {
  if (typeof answer === 'object' && answer !== null) return (answer as { outcome?: string }).outcome === 'busy' ? 1 : 0;
  return Number(answer ?? 0);
}

/** The flow of a program: real code, with real `finally` blocks. `makers` stand in for makers of the same name; `tags` are its own. It returns the last answer. */
export function flowOf(program: readonly Statement[], makers: Partial<typeof SCOPE> = {}, tags: Tags | null = null): FlowModule {
  const scope = { ...SCOPE, ...makers };
  const source = `return function* () { let x = 0; ${text(program)} return x; };`;
  const body = new Function(...Object.keys(scope), source)(...Object.values(scope)) as FlowBody;
  const options = { name: 'generated', voice: 'en-US-ZiraRUS', keys: { back: '*', main: '0' } };
  return defineFlow(tags === null ? options : { ...options, tags }, body);
}

export function text(program: readonly Statement[]): string {
  return program.map(line).join('\n');
}

function line(one: Statement): string {
  const star = 'plain' in one && one.plain ? 'yield' : 'yield*';
  const settings = 'name' in one ? `{ id: '${one.name}', attempts: 1, otherwise: 0 }` : '';
  switch (one.t) {
    case 'step':
      return `x = num(${star} step('${one.name}', () => 0));`;
    case 'capture':
      return `x = num(${star} capture('?', { id: '${one.name}' }));`;
    case 'bridge':
      return `x = num(${star} bridge('+6531580000', { id: '${one.name}' }));`;
    case 'menu':
      return `x = num(${star} menu('?', { 1: 1 }, ${settings}));`;
    case 'ask':
      return `x = num(${star} ask('?', ${settings}));`;
    case 'confirm':
      return `x = num(${star} confirm('?', ${settings}));`;
    case 'demand':
      return `x = num(${star} menu('?', { 1: 1 }, { id: '${one.name}', attempts: 1 }));`;
    case 'say':
      return `${star} say('${one.name}');`;
    case 'log':
      return `${star} log('${one.name}');`;
    case 'hangup':
      return 'yield* hangup();';
    case 'throw':
      return "throw new RangeError('thrown');";
    case 'return':
      return 'return 1;';
    case 'break':
      return 'break;';
    case 'if':
      return `if (x > 0) { ${text(one.body)} }`;
    case 'loop':
      return `for (let i = 0; i < 2; i++) { ${text(one.body)} }`;
    case 'sub':
      return `yield* (function* () { ${text(one.body)} })();`;
    case 'block':
      return `${star} uninterruptible(function* () { ${text(one.body)} });`;
    case 'branch': {
      const otherwise = one.otherwise === null ? 'function* () {}' : `function* () { ${text(one.otherwise)} }`;
      return `${star} menu('?', { 1: function* () { ${text(one.body)} } }, { id: '${one.name}', attempts: 1, otherwise: ${otherwise} });`;
    }
    case 'try':
      return `try { ${text(one.body)} }${one.catch ? ` catch { ${text(one.catch)} }` : ''}${one.finally ? ` finally { ${text(one.finally)} }` : ''}`;
  }
}
