import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';
import { isFlowFunction } from './flow-functions.ts';
import { flowCalledBy, importsHookswitch } from './hookswitch-names.ts';
import { constantOf, functionsAround, isWrapper, parentOf, unwrap } from './syntax.ts';

/** A plain `yield` whose answer is used becomes `yield*`, which types the answer; a sub-flow needs `yield*` always. */
export const yieldStar: Rule.RuleModule = {
  meta: {
    type: 'problem',
    fixable: 'code',
    docs: { description: 'Use `yield*` where the answer of an effect is used, and for every sub-flow' },
    messages: {
      answer: 'The answer of a plain `yield` is untyped (`any`): use `yield*`, which has the type of the effect.',
      subflow: '`{{name}}()` is a part of the flow: a plain `yield` hands its generator to the driver instead of running it; use `yield*`.',
    },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;
    if (!importsHookswitch(sourceCode)) return {};
    return {
      YieldExpression(node) {
        if (node.delegate || !node.argument) return;
        const around = functionsAround(node)[0];
        if (around === undefined || !isFlowFunction(sourceCode, around)) return;
        const name = flowCalledBy(sourceCode, node.argument);
        if (name === null && !(isAnswerUsed(node) && canBeEffect(sourceCode, node.argument))) return;
        context.report({
          node,
          ...(name === null ? { messageId: 'answer' } : { messageId: 'subflow', data: { name } }),
          fix: (fixer) => {
            const token = sourceCode.getFirstToken(node);
            return token === null ? null : fixer.insertTextAfter(token, '*');
          },
        });
      },
    };
  },
};

/** Whether anything is done with the value of an expression. */
function isAnswerUsed(node: ESTree.Node): boolean {
  const parent = parentOf(node);
  if (parent === null) return false;
  if (isWrapper(parent)) return isAnswerUsed(parent);
  switch (parent.type) {
    case 'ExpressionStatement':
      return false;
    case 'UnaryExpression':
      return parent.operator !== 'void';
    case 'LogicalExpression':
      return parent.left === node || isAnswerUsed(parent);
    case 'ConditionalExpression':
      return parent.test === node || isAnswerUsed(parent);
    case 'SequenceExpression':
      return parent.expressions.at(-1) === node && isAnswerUsed(parent);
    default:
      return true;
  }
}

/** Forms of expressions that are no effect for certain; whatever else a flow yields should be one. */
const NO_EFFECT = /^(Literal|TemplateLiteral|ObjectExpression|ArrayExpression|BinaryExpression|UnaryExpression|.*Function.*|.*Class.*)$/;

function canBeEffect(sourceCode: SourceCode, argument: ESTree.Node): boolean {
  const node = unwrap(argument);
  const constant = node.type === 'Identifier' ? constantOf(sourceCode, node) : null;
  return !NO_EFFECT.test(constant === null ? node.type : unwrap(constant).type);
}
