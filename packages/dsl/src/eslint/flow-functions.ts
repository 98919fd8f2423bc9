import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';
import { FLOW_MAKERS, hookswitchName } from './hookswitch-names.ts';
import { type FunctionNode, functionsAround, parentOf, variableOf } from './syntax.ts';

/**
 * Whether a function of a file that imports `@hookswitch/dsl` is a flow or a part of one: each generator function is taken for it,
 * an async one (which can't be a flow, and which `compile` refuses) only where it is handed to `defineFlow` or `subflow`.
 */
export function isFlowFunction(sourceCode: SourceCode, node: FunctionNode): boolean {
  if (node.generator !== true) return false;
  if (node.async !== true) return true;
  const parent = parentOf(node);
  return parent?.type === 'CallExpression' && FLOW_MAKERS.includes(hookswitchName(sourceCode, parent.callee) ?? '');
}

/** Whether `node` runs each time that a flow is replayed: it stands in a flow's generator, and not in the function of a step. */
export function isReplayed(sourceCode: SourceCode, node: ESTree.Node): boolean {
  let inFlow = false;
  for (const around of functionsAround(node)) {
    if (isStepFunction(sourceCode, around)) return false;
    inFlow ||= isFlowFunction(sourceCode, around);
  }
  return inFlow;
}

/** Whether `node` stands in a flow's generator, at any depth. */
export function isInFlow(sourceCode: SourceCode, node: ESTree.Node): boolean {
  return functionsAround(node).some((around) => isFlowFunction(sourceCode, around));
}

/** Whether a `yield*` may be written at `node`: the innermost function around it is a flow's generator. */
export function mayYield(sourceCode: SourceCode, node: ESTree.Node): boolean {
  const innermost = functionsAround(node)[0];
  return innermost !== undefined && isFlowFunction(sourceCode, innermost);
}

function isStepFunction(sourceCode: SourceCode, node: FunctionNode): boolean {
  return isHandedOnlyTo(sourceCode, node, 'step', 1);
}

/** Whether a function is the argument `index` of a call of `maker`; one with a name is, where that is all that it is used for. */
export function isHandedOnlyTo(sourceCode: SourceCode, node: FunctionNode, maker: string, index: number): boolean {
  const isHanded = (value: ESTree.Node): boolean => {
    const parent = parentOf(value);
    return parent?.type === 'CallExpression' && parent.arguments[index] === value && hookswitchName(sourceCode, parent.callee) === maker;
  };
  if (isHanded(node)) return true;
  const name = nameOf(node);
  if (name === null) return false;
  const uses = variableOf(sourceCode, name)?.references.filter((reference) => reference.isRead()) ?? [];
  return uses.length > 0 && uses.every((reference) => isHanded(reference.identifier as ESTree.Identifier));
}

function nameOf(node: FunctionNode): ESTree.Identifier | null {
  if (node.type === 'FunctionDeclaration') return node.id;
  const parent = parentOf(node);
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id : null;
}
