import { builtinModules } from 'node:module';
import { defineConfig, globalIgnores } from 'eslint/config';
import { tsImport } from 'tsx/esm/api';
import tseslint from 'typescript-eslint';

// Our own flows obey the rules that we ship; loaded from the sources, so that linting needs no build.
const { default: hookswitch } = await tsImport('./packages/dsl/src/eslint/index.ts', import.meta.url);

const sources = ['packages/*/src/**/*.ts'];
const tests = ['**/*.test.ts', '**/*.bench.ts', '**/*.test-support.ts', 'test/**/*.ts', 'examples/**/*.ts'];

const now = 'The dsl has no clock: times arrive in events; flows ask with now().';
const chance = 'The dsl has no randomness: it is seeded by the call; flows ask with random().';
const world = 'The dsl is pure: what touches the outside world belongs to packages/runtime, or to a step of a flow.';

const bareError = {
  selector: ':matches(ThrowStatement, CallExpression[callee.name="reject"]) > NewExpression[callee.name=/^(Error|TypeError|RangeError)$/]',
  message: "Throw a class of this package's errors/ that extends HookswitchError, with a code of its own.",
};

const machineClock = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: now },
  { selector: 'CallExpression[callee.name="Date"]', message: now },
  {
    selector: 'CallExpression[callee.property.name=/^(get|set)(FullYear|Month|Date|Day|Hours|Minutes|Seconds)$/]',
    message: 'The dsl has no time zone of its own: use the UTC methods or Intl.DateTimeFormat with a timeZone.',
  },
  { selector: 'CallExpression[callee.property.name="getTimezoneOffset"]', message: 'The dsl has no time zone of its own.' },
  { selector: 'ImportExpression', message: world },
];

const title = {
  selector: 'CallExpression[callee.name=/^(it|test|describe)$/] > Literal.arguments:first-child[value=/^should\\b/i]',
  message: 'A title is a present-tense fact, without "should".',
};

export default defineConfig(
  globalIgnores(['**/dist/', '**/coverage/', '**/node_modules/', '**/.hookswitch/', '**/.tmp/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    name: 'types',
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-ignore': true, 'ts-expect-error': 'allow-with-description' }],
      // The rules that need types: few, and each one finds bugs that a test seldom sees.
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false } }],
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true, allowRethrowing: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A flow that only speaks, or a handler that must be a generator, need not yield.
      'require-yield': 'off',
      // A walk along a linked list begins at `this`.
      '@typescript-eslint/no-this-alias': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-empty': ['error', { allowEmptyCatch: true }],
      'no-self-compare': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-escape': 'error',
      'no-restricted-syntax': ['error', title],
    },
  },
  {
    name: 'console page',
    files: ['packages/console/page/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { project: './packages/console/page/tsconfig.json' } },
  },
  {
    name: 'sources',
    files: sources,
    ignores: tests,
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', bareError],
      'max-lines': ['warn', { max: 250, skipBlankLines: true }],
    },
  },
  { name: 'command line', files: ['packages/cli/src/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    name: 'the dsl is pure',
    files: ['packages/dsl/src/**/*.ts'],
    ignores: tests,
    rules: {
      'no-restricted-syntax': ['error', bareError, ...machineClock],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: now },
        { object: 'Math', property: 'random', message: chance },
      ],
      'no-restricted-globals': [
        'error',
        {
          checkGlobalObject: true,
          globals: [
            ...['performance', 'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'].map(
              (name) => ({ name, message: now }),
            ),
            { name: 'crypto', message: chance },
            ...['process', 'Buffer', 'fetch', 'require', 'XMLHttpRequest', 'WebSocket', 'EventSource'].map((name) => ({
              name,
              message: world,
            })),
          ],
        },
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: `^(node:.*|${builtinModules.filter((name) => !name.startsWith('_')).join('|')})$`, message: world },
            { regex: '^@hookswitch/', message: 'The dsl knows no other package, and its own files by their relative paths.' },
          ],
        },
      ],
    },
  },
  {
    name: 'tests',
    files: tests,
    rules: {
      'max-lines': ['warn', { max: 250, skipBlankLines: true }],
    },
  },
  { ...hookswitch.configs.recommended, name: 'flows', files: ['examples/**/*.ts', 'test/**/*.ts'] },
  {
    name: 'scripts',
    files: ['**/*.mjs', '**/*.js'],
    rules: { eqeqeq: ['error', 'always'], 'no-unused-vars': 'error', 'prefer-const': 'error' },
  },
);
