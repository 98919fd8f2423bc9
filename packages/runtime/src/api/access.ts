import assert from 'node:assert/strict';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { Clock } from '../clock.ts';
import { seldom } from '../observe/seldom.ts';
import { steadyLog } from '../observe/steady-log.ts';
import type { AuditAction, AuditLog } from './audit-log.ts';
import { type ApiRole, createApiTokens, isEnough, type TokenHolder, type ApiToken } from '../security/api-tokens.ts';

/** Who may ask a route: holders of tokens with a role that is enough, or anyone. */
export interface Access {
  readonly role: ApiRole | 'anyone';
  /** What it changes: each request is kept in the audit list. Absent where it changes nothing. */
  readonly action?: AuditAction;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may ask this route of Hookswitch. */
    hookswitch?: Access;
  }
}

interface RouteConfig {
  readonly hookswitch: Access;
}

/** The config of routes that anyone may ask: they tell nothing of calls. */
export const ANYONE: RouteConfig = { hookswitch: { role: 'anyone' } };

/** The config of a route that needs a token of this role, or of a higher one; what it changes, if anything. */
export function needs(role: ApiRole, action?: AuditAction): RouteConfig {
  return { hookswitch: { role, ...(action === undefined ? {} : { action }) } };
}

/** What whoever brings no token, or an unknown one, is told. */
const UNAUTHORIZED = {
  error: 'unauthorized',
  message: 'The token is missing or wrong: send Authorization: Bearer <token>, with one of the tokens that the server knows.',
} as const;

const CLOSED = {
  error: 'unauthorized',
  message:
    'The API and the console are closed: this server has no API token. Set HOOKSWITCH_API_TOKEN (apiTokens), restart it, and give that token here.',
} as const;

/** What `guardRoutes` works with. */
export interface GuardOptions {
  readonly tokens: readonly (string | ApiToken)[];
  readonly clock: Clock;
  /** Keeps what routes change. @default none: no route of the scope may change anything */
  readonly audit?: Pick<AuditLog, 'begin' | 'end' | 'refused'>;
}

/** By whose tokens requests were let through. */
const holders = new WeakMap<FastifyRequest, TokenHolder>();

/** Whose token a request carries; null where a route is for anyone. */
export function holderOf(request: FastifyRequest): TokenHolder | null {
  return holders.get(request) ?? null;
}

/**
 * Looks at the token of each request to the routes that are added to a scope from now on: 401 without a known one, 403 where its role is not enough. Every route says
 * in its `config` what it needs, and what it changes, which is kept in the audit list; the function that is given back throws where one does not, and is called once all are there.
 */
export function guardRoutes(scope: FastifyInstance, { tokens, clock, audit }: GuardOptions): () => void {
  const known = createApiTokens(tokens);
  const log = steadyLog(scope.log);
  const mayLog = seldom(clock);
  const routes: RouteOptions[] = [];
  scope.addHook('onRoute', (route) => void routes.push(route));
  scope.addHook('onRequest', async (request, reply) => {
    const { role: needed, action } = accessOf(request);
    if (needed === 'anyone') return;
    const holder = known.find(request.headers.authorization);
    if (holder === null) {
      const reason = request.headers.authorization === undefined ? 'token-missing' : 'token-unknown';
      const leftOut = mayLog(reason);
      if (leftOut !== null)
        log.warn({ reason, address: request.ip, ...(leftOut === 0 ? {} : { leftOut }) }, 'a request without a known token was refused');
      return reply
        .code(401)
        .header('www-authenticate', 'Bearer')
        .send(known.isEmpty ? CLOSED : UNAUTHORIZED);
    }
    holders.set(request, holder);
    if (isEnough(holder.role, needed)) return;
    if (action !== undefined) await audit?.refused(request, holder, action);
    return refuse(reply, holder, needed);
  });
  // Only a request that can be understood begins anything.
  scope.addHook('preHandler', async (request) => {
    const [{ action }, holder] = [accessOf(request), holderOf(request)];
    if (action !== undefined && holder !== null) await audit?.begin(request, holder, action);
  });
  scope.addHook('onSend', async (request, reply) => {
    if (accessOf(request).action !== undefined) await audit?.end(request, reply.statusCode);
  });
  return () => {
    for (const { method, url, config } of routes)
      assert.ok(config?.hookswitch, `${String(method)} ${url} does not say who may ask it: give it a config, needs('read') for instance`);
    for (const { method, url, config } of audit === undefined ? routes : [])
      assert.ok(config?.hookswitch?.action === undefined, `${String(method)} ${url} changes something: guard it with an audit list`);
  };
}

/** An address that is no route has nothing to hide; a route that says nothing would be closed. */
function accessOf({ routeOptions, is404 }: FastifyRequest): Access {
  return routeOptions.config.hookswitch ?? { role: is404 ? 'anyone' : 'admin' };
}

/** 403: which role is needed, and which one the token has. */
function refuse(reply: FastifyReply, { label, role }: TokenHolder, needed: ApiRole): FastifyReply {
  return reply
    .code(403)
    .header('www-authenticate', `Bearer error="insufficient_scope", scope="${needed}"`)
    .send({
      error: 'forbidden',
      message: `This needs a token with the role ${needed}${needed === 'admin' ? '' : ' or a higher one'}; this one (${label}) has the role ${role}.`,
      needed,
      role,
    });
}
