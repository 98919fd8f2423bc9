import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { ANYONE, ignoresTrailingSlash } from '@hookswitch/runtime/inside';
import type { FastifyInstance } from 'fastify';
import { DIAGRAM_COLOURS, DIAGRAM_STYLE } from './diagram/style.ts';

/** The page may load from this server alone, run no inline code, and be shown in no frame. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
};

const NOT_BUILT = 'The console has not been built yet. Run: npm run build\n';

/** Where the built page lies: beside this file in `dist`, or in `dist` where this runs from sources. */
function pageFolder(): string | null {
  const folders = ['./page/', '../dist/page/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  return folders.find((folder) => existsSync(`${folder}index.html`)) ?? null;
}

/** Serves the page's files under the scope's prefix, to anyone. */
export async function servePage(scope: FastifyInstance): Promise<void> {
  scope.addHook('onSend', async (_request, reply) => {
    reply.headers(PAGE_HEADERS);
  });
  await scope.register(files);
}

async function files(app: FastifyInstance): Promise<void> {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, ...ANYONE };
  });
  app.get('/diagram.css', (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(`${DIAGRAM_COLOURS}\n${DIAGRAM_STYLE}\n`),
  );
  const root = pageFolder();
  if (root === null) {
    app.get('/', { prefixTrailingSlash: 'slash' }, (_request, reply) => reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT));
    // As the page's files do: whatever else is asked for here is answered by this scope.
    app.get('/*', (_request, reply) => reply.callNotFound());
    return;
  }
  // A router that drops the slash at the end does not find the page below it.
  if (ignoresTrailingSlash(app)) {
    const index = readFileSync(`${root}index.html`, 'utf8');
    app.get('/', { prefixTrailingSlash: 'slash' }, (_request, reply) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(index),
    );
  }
  await app.register(fastifyStatic, {
    root,
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // Files under assets/ carry a hash of their content in their names.
      reply.setHeader('cache-control', path.includes('assets') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
