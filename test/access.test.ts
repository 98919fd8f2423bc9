import { hookswitchConsole } from '@hookswitch/console';
import { defineFlow, say } from '@hookswitch/dsl';
import { hookswitch } from '@hookswitch/runtime';
import Fastify, { type FastifyRequest, type RouteOptions } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Access, guardRoutes, holderOf, needs } from '../packages/runtime/src/api/access.ts';
import { ManualClock } from '../packages/runtime/src/clock.test-support.ts';
import { API_ROLES, type ApiToken, isEnough } from '../packages/runtime/src/security/api-tokens.ts';

const flow = defineFlow({ name: 'hello', voice: 'en-US-ZiraRUS' }, function* () {
  yield say('Hello.');
});
const TOKENS = API_ROLES.map((role): ApiToken => ({ token: `a-long-enough-token-${role}`, label: `my ${role}`, role }));
const bearer = (role: string): { readonly authorization: string } => ({ authorization: `Bearer a-long-enough-token-${role}` });

/** Who may ask each route, whatever the plugin adds. HEAD is what GET is. */
const ROUTES: Readonly<Record<string, Access['role']>> = {
  'GET /health': 'anyone',
  'GET /ready': 'anyone',
  'GET /metrics': 'read',
  'GET /openapi.json': 'read',
  'GET /calls': 'read',
  'POST /calls': 'operate',
  'GET /calls/count': 'read',
  'GET /calls/:id': 'read',
  'DELETE /calls/:id': 'operate',
  'GET /calls/:id/journal': 'read',
  'GET /insights': 'read',
  'POST /insights/count': 'operate',
  'POST /calls/:id/signals/:name': 'operate',
  'GET /settings': 'read',
  'GET /settings/history': 'read',
  'PUT /settings/:flow/:name': 'operate',
  'DELETE /settings/:flow/:name': 'operate',
  'PUT /settings/:flow/intake': 'operate',
  'POST /settings/undo/:entry': 'operate',
  'GET /audit': 'admin',
  'GET /console': 'anyone',
  'GET /console/': 'anyone',
  'GET /console/*': 'anyone',
  'GET /console/diagram.css': 'anyone',
  'GET /console/api/info': 'read',
  'GET /console/api/events': 'read',
  'GET /console/api/live': 'read',
  'GET /console/api/flows/:name': 'read',
  'GET /console/api/flows/:name/test': 'read',
  'GET /console/api/calls': 'read',
  'GET /console/api/calls/count': 'read',
  'GET /console/api/calls/:id': 'read',
  'GET /console/api/calls/:id/test': 'read',
  'GET /console/api/calls/:id/journal': 'read',
  'POST /console/api/calls/:id/fork': 'operate',
  'POST /console/api/calls/:id/fork/test': 'operate',
  'GET /console/api/insights': 'read',
  'GET /console/api/settings': 'read',
  'GET /console/api/settings/history': 'read',
  'PUT /console/api/settings/:flow/:name': 'operate',
  'DELETE /console/api/settings/:flow/:name': 'operate',
  'PUT /console/api/settings/:flow/intake': 'operate',
  'POST /console/api/settings/undo/:entry': 'operate',
  'GET /console/api/audit': 'admin',
};

/** A server, and every route of it but those of webhooks, whose senders have a secret of their own. */
async function served() {
  const app = Fastify();
  onTestFinished(() => app.close());
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url }: RouteOptions) => {
    if (!url.startsWith('/webhooks')) routes.push(...[method].flat().map((one) => `${one} ${url}`));
  });
  await app.register(hookswitch, { flows: [flow], store: 'memory', allowUnverified: true, apiTokens: TOKENS });
  await app.register(hookswitchConsole);
  const ask = async (route: string, headers: Record<string, string>) => {
    const [method = '', url = ''] = route.split(' ');
    // A stream of events never ends.
    const asked = url.endsWith('/events') ? 'HEAD' : method;
    const reply = await app.inject({
      method: asked as 'GET',
      url: url.replaceAll(/:\w+|\*/g, 'x'),
      headers,
      ...(method === 'POST' ? { payload: {} } : {}),
    });
    return reply.statusCode;
  };
  return { app, routes, ask };
}

const isRefused = (status: number): number | 'let through' => (status === 401 || status === 403 ? status : 'let through');

describe('every route of the API and the console', () => {
  it('has a row in this table', async () => {
    const { routes } = await served();
    const all = [...new Set(routes.map((route) => route.replace(/^HEAD /, 'GET ')))];
    // The page's files are one route where it was built, and its address another one where it was not.
    const either = Object.keys(ROUTES).filter((route) => !/^GET \/console\/\*?$/.test(route) || all.includes(route));
    expect(all.sort()).toEqual(either.sort());
  });

  it.each(Object.entries(ROUTES))('%s is for %s: strangers get 401, tokens with too low a role 403', async (route, needed) => {
    const { ask } = await served();
    const methods = route.startsWith('GET ') ? [route, route.replace('GET', 'HEAD')] : [route];
    for (const one of methods) {
      const strangers = [await ask(one, {}), await ask(one, bearer('unknown')), await ask(one, { authorization: 'Basic eDp5' })].map(
        isRefused,
      );
      expect([one, strangers]).toEqual([one, Array.from({ length: 3 }, () => (needed === 'anyone' ? 'let through' : 401))]);
      for (const role of API_ROLES) {
        const expected = needed === 'anyone' || isEnough(role, needed) ? 'let through' : 403;
        expect([one, role, isRefused(await ask(one, bearer(role)))]).toEqual([one, role, expected]);
      }
    }
  });

  it('answers in words which role is needed, and which one the token has', async () => {
    const { app } = await served();
    const reply = await app.inject({ method: 'POST', url: '/calls', headers: bearer('read'), payload: {} });
    expect(reply.json()).toEqual({
      error: 'forbidden',
      message: 'This needs a token with the role operate or a higher one; this one (my read) has the role read.',
      needed: 'operate',
      role: 'read',
    });
    expect(reply.headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="operate"');
  });

  it('is documented with the role that it needs', async () => {
    const { app } = await served();
    const { paths } = (await app.inject({ url: '/openapi.json', headers: bearer('read') })).json<{
      paths: Record<string, Record<string, { description?: string; security?: unknown[]; responses: object }>>;
    }>();
    for (const [path, methods] of Object.entries(paths))
      for (const [method, { description = '', security, responses }] of Object.entries(methods)) {
        const needed = ROUTES[`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`];
        const said = [/the role (\w+)/.exec(description)?.[1] ?? 'anyone', '401' in responses, '403' in responses, security?.length];
        const open = needed === 'anyone';
        expect([method, path, ...said]).toEqual([
          method,
          path,
          needed,
          !open,
          needed === 'operate' || needed === 'admin',
          open ? 0 : undefined,
        ]);
      }
  });
});

describe('a route of a guarded scope', () => {
  const guarded = async (add: (app: ReturnType<typeof Fastify>) => void, lines: string[] = []) => {
    const app = Fastify({ logger: { level: 'warn', stream: { write: (line: string) => void lines.push(line) } } });
    onTestFinished(() => app.close());
    const clock = new ManualClock();
    const demandRoles = guardRoutes(app, { tokens: TOKENS, clock });
    await app.register(async (scope) => add(scope as typeof app));
    demandRoles();
    return { app, clock };
  };

  it('that does not say who may ask it keeps the server from being built', async () => {
    const forgotten = guarded((app) => {
      app.get('/one', { config: needs('read') }, () => 'one');
      app.delete('/forgotten', () => 'other');
    });
    await expect(forgotten).rejects.toThrow('DELETE /forgotten does not say who may ask it');
  });

  it('that changes something keeps it from being built, too, where nobody keeps what is changed', async () => {
    const unkept = guarded((app) => app.delete('/one', { config: needs('operate', 'call.end') }, () => 'one'));
    await expect(unkept).rejects.toThrow('DELETE /one changes something');
  });

  it('knows whose token it was asked with', async () => {
    const { app } = await guarded((scope) => scope.get('/me', { config: needs('read') }, (request: FastifyRequest) => holderOf(request)));
    expect((await app.inject({ url: '/me', headers: bearer('operate') })).json()).toEqual({ label: 'my operate', role: 'operate' });
  });

  it('tells the log once a second that strangers come, and nothing of what they brought', async () => {
    const lines: string[] = [];
    const { app, clock } = await guarded((scope) => scope.get('/me', { config: needs('read') }, () => 'me'), lines);
    const flood = () => Promise.all(Array.from({ length: 20 }, () => app.inject({ url: '/me', headers: bearer('that-is-wrong') })));
    await flood();
    await clock.advance(1_000);
    await flood();
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { reason: 'token-unknown' },
      { reason: 'token-unknown', leftOut: 19 },
    ]);
    expect(lines.join('')).not.toContain('that-is-wrong');
  });
});
