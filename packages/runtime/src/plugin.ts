import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { guardRoutes } from './api/access.ts';
import { createAudit } from './api/audit-log.ts';
import { ownScope } from './api/own-scope.ts';
import { apiPlugin } from './api/plugin.ts';
import { createHookswitch, type Hookswitch } from './assembly/hookswitch.ts';
import { readOptions } from './assembly/check-options.ts';
import type { HookswitchOptions } from './assembly/options.ts';
import { UnverifiedWebhooksError } from './errors/unverified-webhooks-error.ts';
import { createAddressList, PUBLISHED_ADDRESSES } from './security/address-list.ts';
import { createSharedSecret, createVerifier, type VerifySender } from './security/sender.ts';
import { webhookPlugin } from './webhook/plugin.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** The Hookswitch server that was registered here, or further out; of several in one scope, the first. */
    readonly hookswitch: Hookswitch;
  }
}

/**
 * Hookswitch for a Fastify server of your own: `await app.register(hookswitch, { flows, store, webhookSecrets })`. Adds `POST /webhooks/:kind?`, the API under
 * `/calls`, `/health`, `/ready` and `/metrics`, and `app.hookswitch`, which places calls. Several may be registered, each under a prefix of its own; each in a plugin of
 * its own, where each one's `app.hookswitch` is needed. A prefix is given as with any plugin.
 */
export const hookswitch = fp<HookswitchOptions & { readonly prefix?: string }>(
  async (host, options) => {
    const scope = async (app: FastifyInstance): Promise<void> => {
      const server = await serve(app, options);
      if (!Object.hasOwn(host, 'hookswitch')) host.decorate('hookswitch', server);
    };
    await host.register(scope, options);
  },
  { name: 'hookswitch', fastify: '5.x' },
);

/** Puts a server and its routes into a scope of its own. */
async function serve(app: FastifyInstance, given: HookswitchOptions): Promise<Hookswitch> {
  const options = readOptions(given);
  const verify = verifier(options, app.log);
  const server = createHookswitch(options, app.log);
  await app.register(webhookPlugin, {
    calls: server.calls,
    clock: server.clock,
    rehearsal: options.rehearsal,
    metrics: server.metrics,
    observer: server.webhooks,
    verify,
    subAccounts: server.subAccounts,
    bodyLimit: options.bodyLimit,
  });
  await server.start();
  whenAborted(options.retiring, () => server.retire());

  app.addHook('preClose', async () => {
    server.retire();
  });
  app.addHook('onClose', () => server.stop());
  // Not for webhooks, which read and write texts.
  await app.register(async (scope) => {
    ownScope(scope);
    const audit = createAudit(server, app.log);
    const demandRoles = guardRoutes(scope, { tokens: options.apiTokens ?? [], clock: server.clock, audit });
    await scope.register(apiPlugin, { server, audit });
    demandRoles();
  });
  return server;
}

function whenAborted(signal: AbortSignal | undefined, act: () => void): void {
  if (signal?.aborted === true) act();
  else signal?.addEventListener('abort', act, { once: true });
}

/** Who may send webhooks: those who know a secret, and come from a listed address where there is a list; without a secret this machine alone. */
function verifier(options: HookswitchOptions, log: FastifyBaseLogger): VerifySender {
  const secrets = options.webhookSecrets ?? [];
  if (secrets.length === 0 && options.allowUnverified !== true) throw new UnverifiedWebhooksError();
  const secret = secrets.length === 0 ? null : createSharedSecret(secrets);
  for (const position of secret?.weak ?? []) log.warn({ position }, 'a webhook secret is short enough to be guessed');
  const { allowedAddresses } = options;
  const addresses =
    allowedAddresses === undefined ? null : createAddressList(allowedAddresses === '8x8' ? PUBLISHED_ADDRESSES : allowedAddresses);
  return createVerifier({ secret, addresses });
}
