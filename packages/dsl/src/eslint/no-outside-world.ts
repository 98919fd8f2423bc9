import type { Rule, Scope, SourceCode } from 'eslint';
import type * as ESTree from 'estree';
import { isReplayed } from './flow-functions.ts';
import { importsHookswitch } from './hookswitch-names.ts';
import { parentOf, propertyName } from './syntax.ts';

type Offence = 'clock' | 'chance' | 'world' | 'timer' | 'machine' | 'console';

/** What the globals of a JavaScript machine offend against; null where only some uses do. */
const GLOBALS: Readonly<Record<string, Offence | null>> = {
  Date: null,
  Math: null,
  Temporal: null,
  performance: 'clock',
  crypto: 'chance',
  fetch: 'world',
  XMLHttpRequest: 'world',
  WebSocket: 'world',
  EventSource: 'world',
  require: 'world',
  setTimeout: 'timer',
  setInterval: 'timer',
  setImmediate: 'timer',
  queueMicrotask: 'timer',
  process: 'machine',
  Deno: 'machine',
  Bun: 'machine',
  console: 'console',
};

const GLOBAL_OBJECTS = ['globalThis', 'global', 'window', 'self'];

/** Modules of Node that reach out of the process, or give something else the next time. */
const NODE_MODULE =
  /^(?:node:)?(child_process|cluster|crypto|dgram|diagnostics_channel|dns|fs|http|http2|https|inspector|net|os|perf_hooks|process|readline|repl|sea|sqlite|test|timers|tls|tty|worker_threads)(\/.*)?$/;

const LOCAL_TIME = /^get(?:FullYear|Month|Date|Day|Hours|Minutes|TimezoneOffset)$/;

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
      zone: '`{{what}}()` reads the time zone of the machine: use `openingHours`, `localDate` or `localTime`, which take one.',
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

    return {
      'Program:exit'() {
        for (const identifier of globalsUsed(sourceCode)) {
          const found = offenceOf(identifier);
          if (found !== null) report(found.node, found.offence, { what: found.what });
        }
        for (const { identifier, module } of nodeModulesUsed(sourceCode))
          report(identifier, 'world', { what: `${module} (${identifier.name})` });
      },
      AwaitExpression: (node) => report(node, 'await'),
      'ForOfStatement[await=true]': (node: ESTree.ForOfStatement) => report(node, 'await'),
      ImportExpression: (node) => report(node, 'world', { what: 'import()' }),
      CallExpression(node) {
        if (node.callee.type !== 'MemberExpression') return;
        const name = propertyName(node.callee);
        if (name !== null && LOCAL_TIME.test(name) && node.arguments.length === 0) report(node, 'zone', { what: name });
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

interface Found {
  readonly node: ESTree.Node;
  readonly offence: Offence;
  readonly what: string;
}

/** What the use of a global offends against, or null. */
function offenceOf(identifier: ESTree.Identifier): Found | null {
  const parent = parentOf(identifier);
  if (!GLOBAL_OBJECTS.includes(identifier.name)) return offenceOfGlobal(identifier.name, identifier);
  if (parent?.type !== 'MemberExpression' || parent.object !== identifier) return null;
  return offenceOfGlobal(propertyName(parent) ?? '', parent);
}

function offenceOfGlobal(name: string, node: ESTree.Node): Found | null {
  if (!Object.hasOwn(GLOBALS, name)) return null;
  const parent = parentOf(node);
  const property = parent?.type === 'MemberExpression' && parent.object === node ? propertyName(parent) : null;
  const whole = property === null || parent === null ? node : parent;
  const what = property === null ? name : `${name}.${property}`;
  const always = GLOBALS[name];
  if (always !== null && always !== undefined) return { node: whole, offence: always, what };
  if (what === 'Date.now' || what === 'Temporal.Now') return { node: whole, offence: 'clock', what };
  if (what === 'Math.random') return { node: whole, offence: 'chance', what };
  if (name !== 'Date' || parent === null) return null;
  if (parent.type === 'NewExpression' && parent.callee === node && parent.arguments.length === 0)
    return { node: parent, offence: 'clock', what: 'new Date()' };
  if (parent.type === 'CallExpression' && parent.callee === node) return { node: parent, offence: 'clock', what: 'Date()' };
  return null;
}
