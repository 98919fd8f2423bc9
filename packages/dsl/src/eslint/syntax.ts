import type { Rule, Scope, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

/** Expressions that only say something about a type or a chain; what they hold is meant. */
const WRAPPERS = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression', 'TSTypeAssertion', 'ChainExpression']);

/** A function of any form. */
export type FunctionNode = ESTree.FunctionDeclaration | ESTree.FunctionExpression | ESTree.ArrowFunctionExpression;

/** The node around `node`; null around the whole file. */
export function parentOf(node: ESTree.Node): ESTree.Node | null {
  return (node as Rule.Node).parent;
}

/** Tells an expression that only wraps another one, e.g. `x as T` and `x!`. */
export function isWrapper(node: ESTree.Node): boolean {
  return WRAPPERS.has(node.type);
}

/** The expression under `x as T`, `x!`, `x satisfies T` and the like. */
export function unwrap(node: ESTree.Node): ESTree.Node {
  let inner = node;
  while (isWrapper(inner)) inner = (inner as unknown as { expression: ESTree.Node }).expression;
  return inner;
}

/** Tells a function from any other node. */
export function isFunction(node: ESTree.Node): node is FunctionNode {
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';
}

/** The functions around `node`, innermost first; `node` itself where it is one. */
export function functionsAround(node: ESTree.Node): FunctionNode[] {
  const functions: FunctionNode[] = [];
  for (let at: ESTree.Node | null = node; at !== null; at = parentOf(at)) if (isFunction(at)) functions.push(at);
  return functions;
}

/** The variable that an identifier means, or null where no scope of the file knows it. */
export function variableOf(sourceCode: SourceCode, identifier: ESTree.Identifier): Scope.Variable | null {
  return variableNamed(sourceCode, identifier, identifier.name);
}

/** What a `const` or a function declaration binds to the identifier, or null. */
export function constantOf(sourceCode: SourceCode, identifier: ESTree.Identifier): ESTree.Node | null {
  const definition = variableOf(sourceCode, identifier)?.defs[0];
  if (definition === undefined) return null;
  if (definition.type === 'FunctionName') return definition.node as ESTree.Node;
  if (definition.type !== 'Variable' || definition.parent?.kind !== 'const') return null;
  const declarator = definition.node as ESTree.VariableDeclarator;
  return declarator.id.type === 'Identifier' ? (declarator.init ?? null) : null;
}

/** The variable of this name that is seen at `node`, or null. */
export function variableNamed(sourceCode: SourceCode, node: ESTree.Node, name: string): Scope.Variable | null {
  for (let scope: Scope.Scope | null = sourceCode.getScope(node); scope !== null; scope = scope.upper) {
    const variable = scope.set.get(name);
    if (variable !== undefined) return variable;
  }
  return null;
}

/** The nodes in a node. */
export function childrenOf(sourceCode: SourceCode, node: ESTree.Node): readonly ESTree.Node[] {
  const keys = sourceCode.visitorKeys[node.type] ?? [];
  return keys
    .flatMap((key) => (node as unknown as Record<string, ESTree.Node | (ESTree.Node | null)[] | null>)[key] ?? [])
    .filter((one) => one !== null);
}

/** The name of the property that a member expression reads, or null where it is computed. */
export function propertyName(node: ESTree.MemberExpression): string | null {
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : null;
  return node.property.type === 'Literal' && typeof node.property.value === 'string' ? node.property.value : null;
}

/** What an expression is, or what the constant is bound to that it names. */
export function valueOf(sourceCode: SourceCode, expression: ESTree.Node): ESTree.Node {
  const node = unwrap(expression);
  const constant = node.type === 'Identifier' ? constantOf(sourceCode, node) : null;
  return constant === null ? node : unwrap(constant);
}

/** The function that runs where a helper of this file is called, also where it was handed to a maker (`const sales = subflow('sales', function* () { … })`). */
export function bodyOf(sourceCode: SourceCode, call: ESTree.CallExpression): FunctionNode | undefined {
  const bound = valueOf(sourceCode, call.callee);
  if (isFunction(bound)) return bound;
  return bound.type === 'CallExpression' ? bound.arguments.find((one) => isFunction(one)) : undefined;
}

/** The `yield`s in a node, e.g. in a generator function, but not in the functions in it. */
export function yieldsOf(sourceCode: SourceCode, within: ESTree.Node): readonly ESTree.YieldExpression[] {
  const found: ESTree.YieldExpression[] = [];
  const visit = (node: ESTree.Node): void => {
    if (isFunction(node)) return;
    if (node.type === 'YieldExpression') found.push(node);
    childrenOf(sourceCode, node).forEach(visit);
  };
  visit(isFunction(within) ? within.body : within);
  return found;
}
