import type { Rule, Scope, SourceCode } from 'eslint';
import type * as ESTree from 'estree';
import { localNameOf } from './hookswitch-names.ts';
import { childrenOf, isFunction, variableNamed } from './syntax.ts';

const NAME = 'uninterruptible';
const LOOPS = ['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement'];

/** Whether the statements of a block mean the same in a generator function of their own. */
export function canBeWrapped(sourceCode: SourceCode, block: ESTree.BlockStatement): boolean {
  if (declaresForOutside(sourceCode, block)) return false;
  if (localNameOf(sourceCode, NAME) === null && variableNamed(sourceCode, block, NAME) !== null) return false;
  return block.body.every((statement) => staysInside(sourceCode, statement, { inLoop: false, inSwitch: false, labels: [] }));
}

interface Inside {
  readonly inLoop: boolean;
  readonly inSwitch: boolean;
  readonly labels: readonly string[];
}

/** Whether nothing in `node` leaves the function around it, or speaks of it. */
function staysInside(sourceCode: SourceCode, node: ESTree.Node, inside: Inside): boolean {
  switch (node.type) {
    case 'ReturnStatement':
    case 'ThisExpression':
    case 'Super':
    case 'MetaProperty':
    case 'AwaitExpression':
      return false;
    case 'Identifier':
      return node.name !== 'arguments';
    case 'BreakStatement':
      return node.label ? inside.labels.includes(node.label.name) : inside.inLoop || inside.inSwitch;
    case 'ContinueStatement':
      return node.label ? inside.labels.includes(node.label.name) : inside.inLoop;
    case 'LabeledStatement':
      return staysInside(sourceCode, node.body, { ...inside, labels: [...inside.labels, node.label.name] });
    default:
      break;
  }
  // An arrow function has the `this` of what is around it, every other function its own.
  if (isFunction(node)) return node.type !== 'ArrowFunctionExpression' || !speaksOfThis(sourceCode, node);
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') return true;
  const within = {
    ...inside,
    inLoop: inside.inLoop || LOOPS.includes(node.type),
    inSwitch: inside.inSwitch || node.type === 'SwitchStatement',
  };
  return childrenOf(sourceCode, node).every((child) => staysInside(sourceCode, child, within));
}

function speaksOfThis(sourceCode: SourceCode, node: ESTree.Node): boolean {
  if (node.type === 'ThisExpression' || node.type === 'Super' || node.type === 'MetaProperty') return true;
  if (node.type === 'Identifier' && node.name === 'arguments') return true;
  if (isFunction(node) && node.type !== 'ArrowFunctionExpression') return false;
  return childrenOf(sourceCode, node).some((child) => speaksOfThis(sourceCode, child));
}

/** Whether a `var` or function of the block is used outside of it. */
function declaresForOutside(sourceCode: SourceCode, block: ESTree.BlockStatement): boolean {
  const [from, to] = block.range as [number, number];
  const isInside = ({ range }: ESTree.Node): boolean => range !== undefined && range[0] >= from && range[1] <= to;
  const scopeOf = (node: ESTree.Node): Scope.Scope | null => sourceCode.getScope(node).variableScope;
  return (
    scopeOf(block)?.variables.some(
      ({ defs, references }) =>
        defs.some((definition) => isInside(definition.name)) && references.some(({ identifier }) => !isInside(identifier as ESTree.Node)),
    ) ?? false
  );
}

/** Puts the statements of a block into `uninterruptible(function* () { … })`, and imports that. */
export function* wrapInBlock(fixer: Rule.RuleFixer, sourceCode: SourceCode, block: ESTree.BlockStatement): Generator<Rule.Fix> {
  const known = localNameOf(sourceCode, NAME);
  const open = sourceCode.getFirstToken(block);
  const close = sourceCode.getLastToken(block);
  if (open === null || close === null) return;
  yield fixer.insertTextAfter(open, ` yield* ${known ?? NAME}(function* () {`);
  yield fixer.insertTextBefore(close, '}); ');
  if (known !== null) return;
  const named = sourceCode.ast.body.flatMap((statement) => (takesNames(statement) ? statement.specifiers : [])).at(-1);
  if (named !== undefined) yield fixer.insertTextAfter(named, `, ${NAME}`);
  else yield fixer.insertTextBeforeRange([0, 0], `import { ${NAME} } from '@hookswitch/dsl';\n`);
}

/** An import of names of `@hookswitch/dsl` that takes one more. */
function takesNames(statement: ESTree.Node): statement is ESTree.ImportDeclaration {
  return (
    statement.type === 'ImportDeclaration' &&
    statement.source.value === '@hookswitch/dsl' &&
    (statement as { importKind?: string }).importKind !== 'type' &&
    statement.specifiers.at(-1)?.type === 'ImportSpecifier'
  );
}
