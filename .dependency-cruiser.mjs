/**
 * The architecture as rules: packages import cli → console → runtime → dsl ← simulator, and inside a package only towards the front of its stages.
 * A new folder needs a place in one of the lists below; ARCHITECTURE.md draws them.
 */

/** The stages of the dsl along the path of the data; each may import itself and what stands before it. */
const DSL_STAGES = [
  'world',
  'errors',
  'callflow',
  'options',
  'arguments',
  'calendar',
  'flow',
  'effects',
  'questions',
  'generator',
  'chart',
  'machine',
  'recorded',
  'testing',
  'covered',
];

/** The stages of the runtime; folders and files in one row are siblings and may import each other as long as no cycle comes of it. */
const RUNTIME_STAGES = [
  ['errors/', 'clock.ts'],
  ['payloads/'],
  ['platform/', 'security/', 'observe/', 'store/'],
  ['campaigns/'],
  ['calls/'],
  ['report/'],
  ['routing/', 'webhook/'],
  ['assembly/'],
  ['outbound/'],
  ['api/'],
  ['plugin.ts'],
  ['app.ts'],
  ['server.ts'],
  ['index.ts', 'inside/'],
];

/** The core of the runtime, folders and files: what a call is, what is decided, what is done about it. */
const CALLS_STAGES = [
  [
    ...['rehearsal.ts', 'settings.ts', 'store-failure.ts', 'waiters.ts', 'run-step.ts', 'timeline.ts', 'unserved-flow.ts', 'last-site.ts'],
    'hidden/',
  ],
  ['input.ts'],
  ['state.ts'],
  ['session-error.ts', 'ended-by.ts'],
  ['count-keys.ts'],
  ['ended-call.ts', 'call.ts'],
  ['placing.ts'],
  ['context.ts'],
  ['counting/'],
  ['draft.ts', 'seal-rows.ts', 'notes.ts', 'place-request.ts'],
  ['reply/'],
  ['decide/'],
  ['find.ts', 'orders.ts'],
  ['calls.ts'],
  ['sweep.ts'],
];

/** The stages of the console's server side; its page, which is code of a browser, stands beside them. */
const CONSOLE_STAGES = [
  ['errors/', 'language.ts'],
  ['diagram/'],
  ['views.ts', 'phone-views.ts'],
  ['fork-views.ts'],
  ['flow-tests.ts'],
  ['drawings.ts'],
  [
    'describe-action.ts',
    'event-stream.ts',
    'call-filter.ts',
    'call-batches.ts',
    'own-words.ts',
    'page.ts',
    'flow-routes.ts',
    'test-script/',
    'fork/',
  ],
  ['timeline-items.ts'],
  ['export-journal.ts'],
  ['call-routes.ts', 'fork-routes.ts', 'way-test.ts', 'ways.ts'],
  ['plugin.ts'],
  ['index.ts', 'inside.ts'],
];

/** The stages of the command. */
const CLI_STAGES = [
  [...['errors/', 'context.ts', 'exit-codes.ts', 'webhook-urls.ts', 'package-version.ts', 'replay-journal.ts'], ...['graph-formats.ts']],
  ['config/', 'output/', 'process-context.ts'],
  ['cli.ts', 'server-api.ts', 'subaccounts.ts'],
  ['load/', 'call-source.ts', 'report-error.ts'],
  ['banner.ts', 'dev/', 'doctor/', 'gate/', 'init/', 'simulate/', 'start/'],
  ['commands/'],
  ['run.ts'],
  ['main.ts', 'index.ts'],
];

/** What each package must not know. */
const OTHERS = {
  dsl: ['runtime', 'console', 'cli', 'simulator'],
  simulator: ['runtime', 'console', 'cli'],
  runtime: ['console', 'cli', 'simulator'],
  console: ['cli', 'simulator'],
};

const TESTS = '\\.(test|bench|test-support)\\.ts$';

/** For each stage a rule against imports of the stages behind it. */
const oneWay = (root, stages) =>
  stages.slice(0, -1).map((stage, index) => ({
    name: `${root.split('/').slice(1).join('/')}: ${stage.join(', ')} stand before what follows`,
    comment: `Stages: ${stages.map((row) => row.join(' ')).join(' ← ')}. Move the code, or hand the value in as an argument.`,
    severity: 'error',
    from: { path: stage.map((part) => `^${root}/${part.replace('.', '\\.')}`), pathNot: TESTS },
    to: { path: stages.slice(index + 1).flatMap((row) => row.map((part) => `^${root}/${part.replace('.', '\\.')}`)) },
  }));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no cycles',
      comment: 'Two files that need each other, be it for a type, are one concept, or a third one is missing between them.',
      severity: 'error',
      from: { path: '^(packages|examples|test)/' },
      to: { circular: true },
    },
    // Node before 22 has no node:sqlite; the store falls back to a package.
    { name: 'every import resolves', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^node:sqlite$' } },
    {
      name: 'sources import no tests',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: TESTS },
      to: { path: [TESTS, '^test/', '^examples/'] },
    },
    {
      name: 'sources import no development dependency',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['npm-peer', 'type-only'] },
    },
    {
      name: 'packages import each other by name',
      comment: 'What tests share has no name: it is in no package.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: ['^packages/$1/', '\\.test-support\\.ts$'], dependencyTypesNot: ['aliased'] },
    },
    ...Object.entries(OTHERS).flatMap(([one, others]) =>
      others.map((other) => ({
        name: `${one} knows no ${other}`,
        comment:
          'cli → console → runtime → dsl ← simulator. Each side of the wire is written from the contract, so that each checks the other.',
        severity: 'error',
        from: { path: `^packages/${one}/(src|page)/` },
        to: { path: [`^packages/${other}/`, `@hookswitch/${other}`] },
      })),
    ),
    {
      name: 'commands load the simulator lazily',
      comment: 'A server that answers calls has no use for it.',
      severity: 'error',
      from: { path: '^packages/cli/src/', pathNot: TESTS },
      to: { path: ['^packages/simulator/', '@hookswitch/simulator'], dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'what packages share among themselves is not for users',
      severity: 'error',
      from: { path: '^(packages|examples|test)/', pathNot: '^packages/(console|cli)/src/' },
      to: {
        path: [
          '^packages/runtime/src/inside/index\\.ts',
          '^packages/console/src/inside\\.ts',
          '^packages/dsl/src/testing/forked/index\\.ts',
          '^packages/dsl/src/testing/test-script/index\\.ts',
        ],
      },
    },
    ...oneWay('packages/dsl/src', DSL_STAGES.map((stage) => [`${stage}/`]).concat([['index.ts']])),
    ...oneWay('packages/runtime/src', RUNTIME_STAGES),
    ...oneWay('packages/console/src', CONSOLE_STAGES),
    ...oneWay('packages/cli/src', CLI_STAGES),
    ...oneWay('packages/runtime/src/calls', CALLS_STAGES),
    {
      name: 'every folder of the dsl is a stage',
      comment: 'Give the new folder its place in DSL_STAGES.',
      severity: 'error',
      from: {},
      to: { path: '^packages/dsl/src/[^/]+/', pathNot: `^packages/dsl/src/(${DSL_STAGES.join('|')}|eslint)/` },
    },
    ...Object.entries({ runtime: RUNTIME_STAGES, console: CONSOLE_STAGES, cli: CLI_STAGES }).map(([name, stages]) => ({
      name: `every folder of ${name} is a stage`,
      comment: `Give the new folder its place in ${name.toUpperCase()}_STAGES.`,
      severity: 'error',
      from: {},
      to: { path: `^packages/${name}/src/[^/]+/`, pathNot: `^packages/${name}/src/(${stages.flat().join('|')})` },
    })),
    {
      name: 'the rules for authors stand alone, but for the table of what a flow may use',
      severity: 'error',
      from: { path: '^packages/dsl/src/eslint/', pathNot: TESTS },
      to: { path: '^packages/', pathNot: '^packages/dsl/src/(eslint|world)/' },
    },
    {
      name: 'nothing needs the rules for authors',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/dsl/src/eslint/' },
      to: { path: '^packages/dsl/src/eslint/' },
    },
    {
      name: 'xstate stays behind machine/',
      comment: 'One folder knows it, so that one folder changes with it; the chart may name its types.',
      severity: 'error',
      from: { path: '^packages/', pathNot: ['^packages/dsl/src/machine/', '^packages/dsl/src/chart/', TESTS] },
      to: { path: 'node_modules/xstate' },
    },
    {
      name: 'the chart only names types of xstate',
      severity: 'error',
      from: { path: '^packages/dsl/src/chart/', pathNot: TESTS },
      to: { path: 'node_modules/xstate', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'vitest only behind @hookswitch/dsl/vitest, @hookswitch/dsl/coverage and @hookswitch/runtime/store-contract',
      severity: 'error',
      from: {
        path: '^packages/[^/]+/src/',
        pathNot: ['^packages/dsl/src/(testing|covered)/', '^packages/runtime/src/store/contract/', TESTS],
      },
      to: { path: 'node_modules/vitest' },
    },
    {
      name: 'only tests need the contract of stores',
      comment: 'It loads vitest, which a server does not install.',
      severity: 'error',
      from: { path: '^packages/runtime/src/', pathNot: ['^packages/runtime/src/store/contract/', TESTS] },
      to: { path: '^packages/runtime/src/store/contract/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^packages/[^/]+/dist/', '^packages/[^/]+/node_modules/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.test.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
  },
};
