import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';
import { isInFlow, mayYield } from './flow-functions.ts';
import { effectMadeBy, flowCalledBy, importsHookswitch } from './hookswitch-names.ts';
import { functionsAround, isWrapper, parentOf, propertyName, variableOf } from './syntax.ts';

type Judge = (variable: ESTree.Identifier, isEffect: boolean) => boolean;

/** An effect that is made inside a flow but never yielded does nothing; the same goes for a sub-flow that is called without `yield*`. */
export const noFloatingEffect: Rule.RuleModule = {
  meta: {
    type: 'problem',
    hasSuggestions: true,
    docs: { description: 'Disallow effects and sub-flows that are made but never yielded' },
    messages: {
      effect: '`{{name}}(…)` only makes an effect; nothing happens until it is yielded: `yield* {{name}}(…)`.',
      subflow: '`{{name}}(…)` only makes a generator; nothing of it runs without `yield*`: `yield* {{name}}(…)`.',
      callback: "`{{name}}(…)` is lost here: a callback can't yield. Use `for (… of …)` and `yield*` in its body.",
      yieldStar: 'Write `yield* {{name}}(…)`.',
    },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;
    if (!importsHookswitch(sourceCode)) return {};

    /** A variable that is only read as if it held the answer. */
    const isNeverYielded: Judge = (identifier, isEffect) => {
      const reads = variableOf(sourceCode, identifier)?.references.filter((reference) => reference.isRead());
      return reads?.every((reference) => isLost(reference.identifier as ESTree.Identifier, isEffect, () => false)) ?? false;
    };

    return {
      CallExpression(node) {
        const effect = effectMadeBy(sourceCode, node);
        const name = effect ?? flowCalledBy(sourceCode, node);
        if (name === null || !isInFlow(sourceCode, node) || !isLost(node, effect !== null, isNeverYielded)) return;
        const yieldable = mayYield(sourceCode, node);
        context.report({
          node,
          messageId: yieldable ? (effect === null ? 'subflow' : 'effect') : 'callback',
          data: { name },
          suggest: yieldable ? [{ messageId: 'yieldStar', data: { name }, fix: (fixer) => insertYieldStar(fixer, node, sourceCode) }] : [],
        });
      },
    };
  },
};

/**
 * Whether the value of `node` goes where an effect is of no use. What is handed on (as an argument, an element) may still be yielded elsewhere;
 * of a value that is kept, `isNeverYielded` judges the variable.
 */
function isLost(node: ESTree.Node, isEffect: boolean, isNeverYielded: Judge): boolean {
  const parent = parentOf(node);
  if (parent === null) return false;
  if (isWrapper(parent)) return isLost(parent, isEffect, isNeverYielded);
  switch (parent.type) {
    case 'ExpressionStatement':
    case 'UnaryExpression':
    case 'BinaryExpression':
    case 'TemplateLiteral':
    case 'AwaitExpression':
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
      return true;
    case 'SwitchStatement':
      return parent.discriminant === node;
    case 'LogicalExpression':
      return (parent.left === node && parent.operator !== '??') || isLost(parent, isEffect, isNeverYielded);
    case 'ConditionalExpression':
      return parent.test === node || isLost(parent, isEffect, isNeverYielded);
    case 'SequenceExpression':
      return parent.expressions.at(-1) !== node || isLost(parent, isEffect, isNeverYielded);
    case 'MemberExpression':
      // A generator may be driven by hand, an effect has nothing to read but its own description.
      return isEffect && parent.object === node;
    case 'ReturnStatement':
      // Out of the flow's own generator; a callback may hand it on.
      return functionsAround(parent)[0]?.generator === true;
    case 'ArrowFunctionExpression':
      return parent.body === node && isCallbackOfForEach(parent);
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? isNeverYielded(parent.id, isEffect) : isEffect;
    case 'AssignmentExpression':
      return (
        parent.operator === '=' &&
        parent.left.type === 'Identifier' &&
        parentOf(parent)?.type === 'ExpressionStatement' &&
        isNeverYielded(parent.left, isEffect)
      );
    default:
      return false;
  }
}

function isCallbackOfForEach(callback: ESTree.ArrowFunctionExpression): boolean {
  const call = parentOf(callback);
  return call?.type === 'CallExpression' && call.callee.type === 'MemberExpression' && propertyName(call.callee) === 'forEach';
}

function* insertYieldStar(fixer: Rule.RuleFixer, node: ESTree.CallExpression, sourceCode: SourceCode): Generator<Rule.Fix> {
  const parent = parentOf(node);
  const awaited = parent?.type === 'AwaitExpression' ? sourceCode.getFirstToken(parent) : null;
  if (awaited !== null) {
    yield fixer.replaceText(awaited, 'yield*');
    return;
  }
  const binds =
    parent !== null &&
    (isWrapper(parent) || ['UnaryExpression', 'BinaryExpression', 'LogicalExpression', 'MemberExpression'].includes(parent.type));
  const asTest = parent?.type === 'ConditionalExpression' && parent.test === node;
  yield fixer.insertTextBefore(node, binds || asTest ? '(yield* ' : 'yield* ');
  if (binds || asTest) yield fixer.insertTextAfter(node, ')');
}
