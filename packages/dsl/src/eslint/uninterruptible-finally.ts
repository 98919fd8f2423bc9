import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';
import { isFlowFunction, isHandedOnlyTo } from './flow-functions.ts';
import { effectMadeBy, flowCalledBy, importsHookswitch, tagsSetBy } from './hookswitch-names.ts';
import { bodyOf, functionsAround, parentOf, valueOf, yieldsOf } from './syntax.ts';
import { canBeWrapped, wrapInBlock } from './wrap-in-block.ts';

/** Effects for which a flow never waits: the driver answers them at once. */
const VOID: readonly string[] = [
  'say',
  'playFile',
  'log',
  'now',
  'random',
  'useVoice',
  'useLanguage',
  'currentLanguage',
  'hangup',
  'decline',
];

interface Offence {
  readonly node: ESTree.YieldExpression;
  readonly messageId: 'waits' | 'helper' | 'unknown' | 'plain';
  readonly name: string;
}

/** What waits in a `finally` is lost when the session ends at the wrong moment, unless it stands in an `uninterruptible` block. */
export const uninterruptibleFinally: Rule.RuleModule = {
  meta: {
    type: 'problem',
    fixable: 'code',
    docs: { description: 'Require `uninterruptible` around what waits in a `finally`' },
    messages: {
      waits:
        '`{{name}}(…)` is lost when the session ends at the wrong moment: in a `finally`, write `yield* uninterruptible(function* () { … })` around what must be done.',
      helper:
        '`{{name}}()` waits for something, which is lost when the session ends at the wrong moment: in a `finally`, write `yield* uninterruptible(function* () { … })` around it.',
      unknown:
        '`{{name}}` may wait for something, which is lost when the session ends at the wrong moment: in a `finally`, write `yield* uninterruptible(function* () { … })` around it.',
      plain: 'A plain `yield` in a `finally` makes JavaScript forget that the flow is being ended: write `yield* {{name}}(…)`.',
    },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;
    if (!importsHookswitch(sourceCode)) return {};
    const reported = new Set<ESTree.BlockStatement>();
    return {
      YieldExpression(node) {
        const finalizer = openFinalizer(sourceCode, node);
        const offence = finalizer === null ? null : offenceOf(sourceCode, node, new Set());
        if (finalizer === null || offence === null) return;
        if (offence.messageId === 'plain') {
          context.report({ node, messageId: 'plain', data: { name: offence.name }, fix: (fixer) => addStar(fixer, sourceCode, node) });
          return;
        }
        // One fix mends the whole block.
        if (reported.has(finalizer)) return;
        reported.add(finalizer);
        const { messageId, name } = offence;
        context.report({
          node,
          messageId,
          data: { name },
          fix: canBeWrapped(sourceCode, finalizer) ? (fixer) => wrapInBlock(fixer, sourceCode, finalizer) : null,
        });
      },
    };
  },
};

function addStar(fixer: Rule.RuleFixer, sourceCode: SourceCode, node: ESTree.YieldExpression): Rule.Fix | null {
  const token = sourceCode.getFirstToken(node);
  return token === null ? null : fixer.insertTextAfter(token, '*');
}

/** The outermost `finally` of the flow's function around `node`; null where there is none, or where an `uninterruptible` block is around it. */
function openFinalizer(sourceCode: SourceCode, node: ESTree.Node): ESTree.BlockStatement | null {
  const functions = functionsAround(node);
  const [innermost] = functions;
  if (innermost === undefined || !isFlowFunction(sourceCode, innermost)) return null;
  if (functions.some((around) => isHandedOnlyTo(sourceCode, around, 'uninterruptible', 0))) return null;
  let finalizer: ESTree.BlockStatement | null = null;
  for (let at: ESTree.Node = node; at !== innermost;) {
    const parent = parentOf(at);
    if (parent === null) break;
    if (parent.type === 'TryStatement' && parent.finalizer === at) finalizer = at as ESTree.BlockStatement;
    at = parent;
  }
  return finalizer;
}

/** What is wrong with a `yield` in a `finally`; null where the flow surely doesn't wait there. */
function offenceOf(sourceCode: SourceCode, node: ESTree.YieldExpression, seen: Set<ESTree.Node>): Offence | null {
  if (!node.argument) return null;
  const made = valueOf(sourceCode, node.argument);
  const effect = effectMadeBy(sourceCode, made);
  const set = tagsSetBy(sourceCode, made, true);
  if (set !== null) return node.delegate ? null : { node, messageId: 'plain', name: set };
  if (effect === 'uninterruptible' || (effect !== null && VOID.includes(effect)))
    return node.delegate || effect === 'hangup' || effect === 'decline' ? null : { node, messageId: 'plain', name: effect };
  if (effect !== null) return { node, messageId: 'waits', name: effect };
  const helper = flowCalledBy(sourceCode, made);
  if (helper === null) return { node, messageId: 'unknown', name: shortened(sourceCode.getText(node.argument)) };
  return waitsIn(sourceCode, made as ESTree.CallExpression, seen) ? { node, messageId: 'helper', name: helper } : null;
}

/** Whether a helper of this file yields anything that may not be yielded in a `finally`. */
function waitsIn(sourceCode: SourceCode, call: ESTree.CallExpression, seen: Set<ESTree.Node>): boolean {
  const body = bodyOf(sourceCode, call);
  if (body === undefined) return true;
  if (seen.has(body)) return false;
  seen.add(body);
  return yieldsOf(sourceCode, body).some((node) => offenceOf(sourceCode, node, seen) !== null);
}

function shortened(code: string): string {
  const line = code.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
