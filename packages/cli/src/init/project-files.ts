import type { Tarball } from './find-tarballs.ts';
import { FLOW, FLOW_TEST } from './flow-files.ts';
import { WORKFLOW, WORKFLOW_FILE } from './workflow-files.ts';

/**
 * Versions of what a new project develops with; held to those of this repository by a test. Vite is what vitest runs on: left to vitest it would be
 * another one each week, whose lockfile `npm ci` may refuse.
 */
export const TOOLS = {
  '@types/node': '20.19.0',
  eslint: '10.15.0',
  typescript: '6.0.3',
  'typescript-eslint': '8.73.0',
  vite: '8.3.8',
  vitest: '4.1.12',
} as const;
/** The release of light-my-request that Node 20 can run. */
export const LIGHT_MY_REQUEST = '6.6.0';
/** The package that a Node without SQLite needs, and its version; held to that of this repository by a test. */
export const SQLITE_PACKAGE = { '@photostructure/sqlite': '1.2.1' } as const;
/** Where a project keeps the tarballs that it is made from. */
const VENDOR = 'vendor';

/** What a new project is made of. */
export interface Project {
  /** Name of the npm package. */
  readonly name: string;
  /** Version of the Hookswitch packages. */
  readonly version: string;
  /** Tarballs that the project keeps and uses in place of the registry's packages; null to use those. */
  readonly tarballs: readonly Tarball[] | null;
  /** Whether the Node that makes it brings SQLite; else the package that stands in becomes a dependency. */
  readonly hasSqlite: boolean;
  /** Whether it gets a workflow for GitHub Actions. */
  readonly hasWorkflow: boolean;
}

/** The files of a new project by their paths, which are relative to its folder. Nothing in them depends on where the folder is. */
export function projectFiles(project: Project): Readonly<Record<string, string | Uint8Array>> {
  return {
    'package.json': manifest(project),
    'tsconfig.json': json({
      compilerOptions: {
        target: 'ES2023',
        module: 'NodeNext',
        types: ['node'],
        strict: true,
        noEmit: true,
        allowImportingTsExtensions: true,
        erasableSyntaxOnly: true,
        skipLibCheck: true,
      },
      include: ['flows', '*.ts'],
    }),
    'eslint.config.js': ESLINT,
    'hookswitch.config.ts': CONFIG,
    'vitest.config.ts': VITEST,
    'flows/reception.ts': FLOW,
    'flows/reception.test.ts': FLOW_TEST,
    '.env.example': ENV,
    '.gitignore': 'node_modules/\n.hookswitch/\n.env\n',
    '.dockerignore': 'node_modules\n.hookswitch\n.env\n.git\n**/*.test.ts\n',
    Dockerfile: dockerfile(project.tarballs !== null),
    'README.md': readme(project),
    ...(project.hasWorkflow ? { [WORKFLOW_FILE]: WORKFLOW } : {}),
    ...Object.fromEntries((project.tarballs ?? []).map(({ file, bytes }) => [`${VENDOR}/${file}`, bytes])),
  };
}

function manifest({ name, version, tarballs, hasSqlite }: Project): string {
  const ours =
    tarballs === null
      ? { '@hookswitch/cli': version, '@hookswitch/dsl': version }
      : Object.fromEntries(tarballs.map((tarball) => [tarball.name, `file:${VENDOR}/${tarball.file}`]).toSorted());
  return json({
    name,
    version: '0.0.0',
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts: {
      dev: 'hookswitch dev',
      start: 'hookswitch start',
      check: 'hookswitch check',
      doctor: 'hookswitch doctor',
      lint: 'eslint .',
      test: 'vitest run',
      typecheck: 'tsc',
    },
    dependencies: { ...ours, ...(hasSqlite ? {} : SQLITE_PACKAGE) },
    devDependencies: TOOLS,
    overrides: {
      'light-my-request': LIGHT_MY_REQUEST,
      // The packages name each other by version; here all of them come from tarballs.
      ...(tarballs === null ? {} : Object.fromEntries(Object.keys(ours).map((ownName) => [ownName, `$${ownName}`]))),
    },
  });
}

const CONFIG = `import { defineConfig } from '@hookswitch/cli';

// Secrets and what differs from machine to machine stand in the environment, or in .env; see .env.example.
// npx hookswitch config prints what is in effect.
export default defineConfig({
  flows: 'flows',
  sessions: {
    // What callers hear when something has failed.
    fallback: { text: 'We are sorry, something went wrong on our side. Please call again later.' },
  },
});
`;

const ESLINT = `import hookswitch from '@hookswitch/dsl/eslint';
import { parser } from 'typescript-eslint';

// Finds effects that are never yielded, answers without a type, and clocks, randomness or I/O outside a step.
export default [{ ...hookswitch.configs.recommended, files: ['**/*.ts'], languageOptions: { parser } }];
`;

const VITEST = `import { defineConfig } from 'vitest/config';

// After the tests: which places and ways of each flow they took, which none did, and the keys that lead there.
// With { thresholds: { arrows: 80 } } npm test fails below that share; npx hookswitch graph reception --coverage draws it.
export default defineConfig({
  test: { reporters: ['default', '@hookswitch/dsl/coverage'] },
});
`;

const ENV = `# Copy this file to .env and fill in what you need; .env is not committed.

# What 8x8 sends as Authorization with its webhooks: "Bearer " and what "openssl rand -hex 32" prints.
# Required as soon as anybody but this machine can reach the server.
#HOOKSWITCH_WEBHOOK_SECRET=Bearer …

# Where 8x8 reaches the server; then: npx hookswitch webhooks set
#HOOKSWITCH_PUBLIC_URL=https://ivr.example.com

# The subaccount at 8x8 and its API key, to place calls and to register webhooks.
#HOOKSWITCH_SUBACCOUNT_ID=
#HOOKSWITCH_API_KEY=

# Bearer token of /calls, /metrics and the console: "openssl rand -hex 32".
#HOOKSWITCH_API_TOKEN=

# Encrypts sensitive input at rest: "openssl rand -base64 32".
#HOOKSWITCH_DATA_KEYS=

# Postgres, for several servers; without it calls are kept in .hookswitch/calls.db.
#DATABASE_URL=postgres://…
`;

function dockerfile(isVendored: boolean): string {
  return `# docker build -t my-ivr . && docker run -p 3000:3000 --env-file .env -v calls:/data my-ivr
FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
${isVendored ? `COPY ${VENDOR} ./${VENDOR}\n` : ''}RUN npm ci --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOOKSWITCH_HOST=0.0.0.0 HOOKSWITCH_PORT=3000 HOOKSWITCH_STORE=sqlite:/data/calls.db
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=packages /app/node_modules ./node_modules
COPY . .
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \\
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.HOOKSWITCH_PORT+'/ready').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# Not through npm: the signals that end a container are for the server.
CMD ["node_modules/.bin/hookswitch", "start"]
`;
}

function readme({ name, tarballs, hasSqlite }: Project): string {
  const vendored = `
Hookswitch itself comes from the tarballs in \`${VENDOR}/\`, which are committed with the project. For another version put its tarballs there, change their names in \`package.json\`, and run \`npm install\`.
`;
  const sqlite = `
\`${Object.keys(SQLITE_PACKAGE).join('')}\` stands in for the SQLite that Node brings from 22.13 on; with such a Node, \`npm uninstall\` it.
`;
  return `# ${name}

A phone menu for the 8x8 Voice API, with [Hookswitch](https://www.npmjs.com/package/@hookswitch/cli).

\`\`\`sh
npm run dev          # a telephone in the browser, that calls the flows while you write them
npm test             # plays calls, walks every path of every flow, and says what your own tests left out
npm start            # the server, on http://127.0.0.1:3000; calls are kept in .hookswitch/calls.db
npm run check        # what callers would trip over
npm run lint         # effects that are never yielded, clocks outside a step
npm run doctor       # what is missing before 8x8 can call
\`\`\`

Flows stand in \`flows/\`, settings in \`hookswitch.config.ts\`, secrets in \`.env\` (copy \`.env.example\`).
${tarballs === null ? '' : vendored}${hasSqlite ? '' : sqlite}`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
