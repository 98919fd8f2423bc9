import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';
import { isFlowFunction } from './flow-functions.ts';
import { effectMadeBy, flowCalledBy, importsHookswitch } from './hookswitch-names.ts';
import { bodyOf, functionsAround, valueOf, yieldsOf } from './syntax.ts';

/** Effects that throw when nobody answers them. */
const QUESTIONS: readonly string[] = ['menu', 'ask', 'confirm'];

/**
 * A `catch` around a menu or question that doesn't look at what it caught: it takes a caller who gave no answer and a mistake in the code for one and the same,
 * and the mistake is never heard of.
 */
export const noSwallowedError: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'Disallow a `catch` around a menu or question that ignores the error' },
    messages: {
      swallowed:
        'This `catch` takes every error around `{{name}}(…)` for the same: a caller who gives no answer, and a mistake in the code. Give it `otherwise` for the first, or write `catch (error) { if (!isNoAnswerError(error)) throw error; … }`.',
    },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;
    if (!importsHookswitch(sourceCode)) return {};
    return {
      CatchClause(node) {
        const [innermost] = functionsAround(node);
        if (innermost === undefined || !isFlowFunction(sourceCode, innermost) || looksAtError(sourceCode, node)) return;
        const name = questionIn(sourceCode, (node.parent as ESTree.TryStatement).block, new Set());
        if (name !== null) context.report({ node, messageId: 'swallowed', data: { name } });
      },
    };
  },
};

/** Whether the block of a `catch` reads what was caught. */
function looksAtError(sourceCode: SourceCode, node: ESTree.CatchClause): boolean {
  return sourceCode.getDeclaredVariables(node).some(({ references }) => references.length > 0);
}

/** The first menu or question that a node yields, in helpers of this file too; null where there is none. What an inner `catch` takes is not asked: it is reported itself. */
function questionIn(sourceCode: SourceCode, within: ESTree.Node, seen: Set<ESTree.Node>): string | null {
  for (const { argument } of yieldsOf(sourceCode, within)) {
    if (!argument) continue;
    const made = valueOf(sourceCode, argument);
    const effect = effectMadeBy(sourceCode, made);
    if (effect !== null && QUESTIONS.includes(effect)) return effect;
    const body = flowCalledBy(sourceCode, made) === null ? undefined : bodyOf(sourceCode, made as ESTree.CallExpression);
    if (body === undefined || seen.has(body)) continue;
    seen.add(body);
    const found = questionIn(sourceCode, body, seen);
    if (found !== null) return found;
  }
  return null;
}
