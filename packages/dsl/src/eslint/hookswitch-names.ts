import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';
import { constantOf, isFunction, propertyName, unwrap, variableOf } from './syntax.ts';

const MODULE = '@hookswitch/dsl';

/** The functions of `@hookswitch/dsl` that make an effect. */
export const EFFECT_MAKERS: readonly string[] = [
  'say',
  'playFile',
  'capture',
  'bridge',
  'hangup',
  'decline',
  'step',
  'waitFor',
  'now',
  'random',
  'useVoice',
  'useLanguage',
  'currentLanguage',
  'log',
  'menu',
  'ask',
  'confirm',
  'isHuman',
  'uninterruptible',
];

/** The functions of `@hookswitch/dsl` that take a flow's generator function. */
export const FLOW_MAKERS: readonly string[] = ['defineFlow', 'subflow'];

/** Whether the file imports `@hookswitch/dsl`: only such files hold flows. */
export function importsHookswitch(sourceCode: SourceCode): boolean {
  return sourceCode.ast.body.some((statement) => statement.type === 'ImportDeclaration' && statement.source.value === MODULE);
}

/** The name under which `@hookswitch/dsl` exports what an expression means (renamed and namespace imports included), or null. */
export function hookswitchName(sourceCode: SourceCode, expression: ESTree.Node): string | null {
  const node = unwrap(expression);
  if (node.type === 'MemberExpression') {
    return node.object.type === 'Identifier' && importedAs(sourceCode, node.object) === '*' ? propertyName(node) : null;
  }
  return node.type === 'Identifier' ? importedAs(sourceCode, node) : null;
}

/** How the file calls what `@hookswitch/dsl` exports as `name`; null where it doesn't import it. */
export function localNameOf(sourceCode: SourceCode, name: string): string | null {
  let namespace: string | null = null;
  for (const statement of sourceCode.ast.body) {
    if (statement.type !== 'ImportDeclaration' || statement.source.value !== MODULE) continue;
    if ((statement as { importKind?: string }).importKind === 'type') continue;
    for (const specifier of statement.specifiers) {
      if (specifier.type === 'ImportNamespaceSpecifier') namespace = specifier.local.name;
      if (specifier.type === 'ImportSpecifier' && 'name' in specifier.imported && specifier.imported.name === name)
        return specifier.local.name;
    }
  }
  return namespace === null ? null : `${namespace}.${name}`;
}

function importedAs(sourceCode: SourceCode, identifier: ESTree.Identifier): string | null {
  const definition = variableOf(sourceCode, identifier)?.defs[0];
  if (definition?.type !== 'ImportBinding' || definition.parent.source.value !== MODULE) return null;
  const specifier = definition.node as ESTree.ImportSpecifier | ESTree.ImportDefaultSpecifier | ESTree.ImportNamespaceSpecifier;
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  return specifier.imported.type === 'Identifier' ? specifier.imported.name : String(specifier.imported.value);
}

/** The maker's name where an expression makes an effect by calling one, e.g. `say('Hello')`; else null. */
export function effectMadeBy(sourceCode: SourceCode, expression: ESTree.Node): string | null {
  const node = unwrap(expression);
  if (node.type !== 'CallExpression') return null;
  const name = hookswitchName(sourceCode, node.callee);
  if (name !== null) return EFFECT_MAKERS.includes(name) ? name : null;
  return tagsSetBy(sourceCode, node, false) ?? calledOn(sourceCode, node, 'settings', 'read');
}

/** How tags are called that an expression sets, e.g. `labels.set`; null where it sets none. `imported`: whatever is imported and set with one object counts, too. */
export function tagsSetBy(sourceCode: SourceCode, expression: ESTree.Node, imported: boolean): string | null {
  const node = unwrap(expression);
  const known = calledOn(sourceCode, node, 'tags', 'set');
  if (known !== null || !imported) return known;
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || propertyName(node.callee) !== 'set') return null;
  const { object } = node.callee;
  if (object.type !== 'Identifier') return null;
  const isImported = variableOf(sourceCode, object)?.defs[0]?.type === 'ImportBinding';
  return isImported && node.arguments.length === 1 ? `${object.name}.set` : null;
}

/** How an expression calls `method` on what the file has declared with `maker`, e.g. `line.read`; null where it does not. */
function calledOn(sourceCode: SourceCode, node: ESTree.Node, maker: 'tags' | 'settings', method: string): string | null {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || propertyName(node.callee) !== method) return null;
  const { object } = node.callee;
  const constant = object.type === 'Identifier' ? constantOf(sourceCode, object) : null;
  const declared = constant === null ? null : unwrap(constant);
  const isDeclared = declared?.type === 'CallExpression' && hookswitchName(sourceCode, declared.callee) === maker;
  return isDeclared && object.type === 'Identifier' ? `${object.name}.${method}` : null;
}

/** The function's name where an expression calls a generator function or a sub-flow of this file; else null. Such a call runs nothing by itself. */
export function flowCalledBy(sourceCode: SourceCode, expression: ESTree.Node): string | null {
  const node = unwrap(expression);
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return null;
  const constant = constantOf(sourceCode, node.callee);
  if (constant === null) return null;
  const bound = unwrap(constant);
  const isFlow = isFunction(bound)
    ? bound.generator === true && bound.async !== true
    : bound.type === 'CallExpression' && hookswitchName(sourceCode, bound.callee) === 'subflow';
  return isFlow ? node.callee.name : null;
}
