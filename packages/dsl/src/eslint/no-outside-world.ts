import type { Rule, Scope, SourceCode } from 'eslint';
import type * as ESTree from 'estree';
import { isReplayed } from './flow-functions.ts';
import { type GlobalDecision, GLOBALS } from '../world/globals.ts';
import { importsHookswitch } from './hookswitch-names.ts';
import { type Found, offenceOfCall, offenceOfIntl, offenceOfMoment, offenceOfText } from './local-time.ts';
import { parentOf, propertyName } from './syntax.ts';

const GLOBAL_OBJECTS = ['globalThis', 'global', 'window', 'self'];

/** Modules of Node that reach out of the process, or give something else the next time. */
const NODE_MODULE =
  /^(?:node:)?(child_process|cluster|crypto|dgram|diagnostics_channel|dns|fs|http|http2|https|inspector|module|net|os|perf_hooks|process|readline|repl|sea|sqlite|test|timers|tls|trace_events|tty|v8|vm|wasi|worker_threads)(\/.*)?$/;

/** A flow is replayed at every turn: what differs from one run to the next belongs to `now()`, `random()`, `log()` or a `step`. */
export const noOutsideWorld: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'Disallow clocks, randomness, timers and I/O in a flow, outside the function of a step' },
    messages: {
      clock: '`{{what}}` gives another time on every replay: ask with `yield* now()`.',
      chance:
        "`{{what}}` gives another value on every replay: draw with `yield* random()`, or make it in a step: `yield* step('name', () => …)`.",
      world: "`{{what}}` would run again on every replay: do it in a step, `yield* step('name', () => …)`, whose result is kept.",
      timer: '`{{what}}` does nothing for a caller: wait for keys with `capture(…, { overallTimeout })`, or do the waiting in a step.',
      machine:
        "`{{what}}` differs from machine to machine, and a call may move: read it outside the flow, or in a step: `yield* step('name', () => …)`.",
      console: '`{{what}}` would print again on every replay: use `yield* log(…)`.',
      zone: '`{{what}}` depends on the time zone of the machine: use `openingHours`, `localDate`, `localTime` or `spokenTime`, or name a `timeZone`.',
      locale: '`{{what}}` depends on the language of the machine: name a locale.',
      await: "A flow can't `await`, as it is replayed: do it in a step, `yield* step('name', async () => …)`, whose result is kept.",
    },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;
    if (!importsHookswitch(sourceCode)) return {};

    const report = (node: ESTree.Node, messageId: string, data?: { what: string }) => {
      if (isReplayed(sourceCode, node)) context.report({ node, messageId, ...(data && { data }) });
    };

    const reportFound = (found: Found | null) => {
      if (found !== null) report(found.node, found.offence, { what: found.what });
    };

    return {
      'Program:exit'() {
        for (const identifier of globalsUsed(sourceCode)) {
          for (const found of offencesOf(identifier)) reportFound(found);
        }
        for (const { identifier, module } of nodeModulesUsed(sourceCode))
          report(identifier, 'world', { what: `${module} (${identifier.name})` });
      },
      AwaitExpression: (node) => report(node, 'await'),
      'ForOfStatement[await=true]': (node: ESTree.ForOfStatement) => report(node, 'await'),
      ImportExpression: (node) => report(node, 'world', { what: 'import()' }),
      CallExpression: (node) => {
        reportFound(offenceOfCall(sourceCode, node));
        const [first] = node.arguments;
        if (node.callee.type === 'Identifier' && node.callee.name === 'String' && first !== undefined)
          reportFound(offenceOfText(sourceCode, first));
      },
      TemplateLiteral: (node) => {
        for (const part of node.expressions) reportFound(offenceOfText(sourceCode, part));
      },
      'BinaryExpression[operator="+"]': (node: ESTree.BinaryExpression) => {
        for (const part of [node.left, node.right]) reportFound(offenceOfText(sourceCode, part));
      },
    };
  },
};

/** Where the file uses a variable that it doesn't declare. */
function* globalsUsed(sourceCode: SourceCode): Generator<ESTree.Identifier> {
  const globalScope = sourceCode.scopeManager.globalScope;
  if (globalScope === null) return;
  const undeclared = globalScope.variables.filter((variable) => variable.defs.length === 0).flatMap((variable) => variable.references);
  for (const reference of new Set([...globalScope.through, ...undeclared])) {
    if (isOfValue(reference)) yield reference.identifier as ESTree.Identifier;
  }
}

/** Where the file uses what it imports from a module of Node that reaches out. */
function* nodeModulesUsed(sourceCode: SourceCode): Generator<{ identifier: ESTree.Identifier; module: string }> {
  for (const statement of sourceCode.ast.body) {
    if (statement.type !== 'ImportDeclaration' || typeof statement.source.value !== 'string' || !NODE_MODULE.test(statement.source.value))
      continue;
    const module = statement.source.value;
    for (const variable of sourceCode.getDeclaredVariables(statement)) {
      for (const reference of variable.references) {
        if (isOfValue(reference)) yield { identifier: reference.identifier as ESTree.Identifier, module };
      }
    }
  }
}

/** Parsers of TypeScript also give the references of types, e.g. `Date` and `typeof fetch`. */
function isOfValue(reference: Scope.Reference & { isTypeReference?: boolean }): boolean {
  const parentType: string | undefined = parentOf(reference.identifier as ESTree.Identifier)?.type;
  return reference.isTypeReference !== true && parentType !== 'TSTypeQuery';
}

/** What the use of a global offends against. */
function offencesOf(identifier: ESTree.Identifier): readonly Found[] {
  const parent = parentOf(identifier);
  if (!GLOBAL_OBJECTS.includes(identifier.name)) return offencesOfGlobal(identifier.name, identifier);
  if (parent?.type === 'MemberExpression' && parent.object === identifier) return offencesOfGlobal(propertyName(parent) ?? '', parent);
  return takenFrom(identifier).flatMap((name) => offencesOfGlobal(name, identifier));
}

function offencesOfGlobal(name: string, node: ESTree.Node): readonly Found[] {
  if (!Object.hasOwn(GLOBALS, name)) return [];
  const { always, members } = GLOBALS[name] as GlobalDecision;
  const parent = parentOf(node);
  const member = parent?.type === 'MemberExpression' && parent.object === node ? parent : null;
  const property = member === null ? null : propertyName(member);
  if (always !== null) return [{ node: member ?? node, offence: always, what: property === null ? name : `${name}.${property}` }];
  if (member !== null) return property === null ? [] : offencesOfMember(name, property, member, members);
  const taken = takenFrom(node).flatMap((key): Found[] => {
    const offence = Object.hasOwn(members, key) ? members[key] : undefined;
    return offence === undefined ? [] : [{ node, offence, what: `${name}.${key}` }];
  });
  return name === 'Date' ? [...taken, ...offencesOfDate(node, parent)] : taken;
}

function offencesOfMember(
  name: string,
  property: string,
  member: ESTree.MemberExpression,
  members: GlobalDecision['members'],
): readonly Found[] {
  const offence = Object.hasOwn(members, property) ? members[property] : undefined;
  if (offence !== undefined) return [{ node: member, offence, what: `${name}.${property}` }];
  const call = parentOf(member);
  const isCalled = call?.type === 'CallExpression' && call.callee === member;
  const found =
    name === 'Intl'
      ? offenceOfIntl(member, property)
      : name === 'Date' && property === 'parse' && isCalled
        ? offenceOfMoment(call, call.arguments, 'Date.parse')
        : null;
  return found === null ? [] : [found];
}

function offencesOfDate(node: ESTree.Node, parent: ESTree.Node | null): readonly Found[] {
  if (parent?.type === 'CallExpression' && parent.callee === node) return [{ node: parent, offence: 'clock', what: 'Date()' }];
  if (parent?.type !== 'NewExpression' || parent.callee !== node) return [];
  if (parent.arguments.length === 0) return [{ node: parent, offence: 'clock', what: 'new Date()' }];
  const found = offenceOfMoment(parent, parent.arguments, 'new Date');
  return found === null ? [] : [found];
}

/** The names that `const { now } = Date` takes from what it is given. */
function takenFrom(node: ESTree.Node): readonly string[] {
  const parent = parentOf(node);
  if (parent?.type !== 'VariableDeclarator' || parent.init !== node || parent.id.type !== 'ObjectPattern') return [];
  return parent.id.properties.flatMap((property) =>
    property.type === 'Property' && property.key.type === 'Identifier' ? [property.key.name] : [],
  );
}
