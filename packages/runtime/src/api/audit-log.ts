import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import type { Hookswitch } from '../assembly/hookswitch.ts';
import { type Clock, withTimeout } from '../clock.ts';
import { maskNumber, maskText } from '../observe/mask-text.ts';
import { type SteadyLog, steadyLog } from '../observe/steady-log.ts';
import type { TokenHolder } from '../security/api-tokens.ts';
import { type AuditRow, REFUSED } from '../store/audit-row.ts';
import type { Store } from '../store/store.ts';

/** What is done to calls, by its name in the audit list. */
export const AUDIT_ACTIONS = ['call.place', 'call.end', 'call.signal', 'insights.count', 'settings.change'] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** How long an answer waits until it is noted what came of the request, ms. */
const MAX_WAIT = 1_000;
const MAX_TEXT = 256;
const DONE = 200;
const OUR_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What `AuditLog` works with. */
export interface AuditLogOptions {
  readonly store: Pick<Store, 'putAudit'>;
  readonly clock: Clock;
  readonly log: SteadyLog;
  /** Whether a flow of this name is served. */
  readonly isFlow: (name: string) => boolean;
}

/** The audit list of a server, for the scope of one's own that changes something. */
export function createAudit({ store, clock, routes }: Pick<Hookswitch, 'store' | 'clock' | 'routes'>, log: FastifyBaseLogger): AuditLog {
  return new AuditLog({ store, clock, log: steadyLog(log), isFlow: (name) => routes.flows.some(({ flow }) => flow.name === name) });
}

/**
 * Notes who changes what. The entry is there before the action, without a result: where it can't be kept, nothing is done, and where the process dies in the middle, it stays so. The
 * result is noted before the request is answered; where that fails, the log says so and the answer is what it was, because the action is done.
 */
export class AuditLog {
  readonly #options: AuditLogOptions;
  readonly #begun = new WeakMap<FastifyRequest, AuditRow>();

  constructor(options: AuditLogOptions) {
    this.#options = options;
  }

  /** Notes that an action begins. Throws what the store throws: then it must not begin. */
  async begin(request: FastifyRequest, holder: TokenHolder, action: AuditAction): Promise<void> {
    const row = this.#row(request, holder, action, null);
    await this.#options.store.putAudit(row);
    this.#begun.set(request, row);
  }

  /** Names the call that an action has turned out to be about. */
  about(request: FastifyRequest, call: { readonly id: string; readonly flow: string }): void {
    const row = this.#begun.get(request);
    if (row !== undefined) this.#begun.set(request, { ...row, callId: call.id, flow: call.flow });
  }

  /** The entry of a change that is about to be committed together with it: `detail` is what it changes. */
  changing(request: FastifyRequest, detail: string): AuditRow {
    const row = this.#begun.get(request);
    assert.ok(row, 'a route that changes settings says so in its config');
    return { ...row, result: DONE, detail };
  }

  /** Notes that an entry was committed with its change. */
  changed(request: FastifyRequest, row: AuditRow): void {
    this.#begun.set(request, row);
  }

  /** Notes what came of an action that has begun. Never throws. */
  async end(request: FastifyRequest, status: number): Promise<void> {
    const row = this.#begun.get(request);
    if (row !== undefined) await this.#keep({ ...row, result: status });
  }

  /** Notes that somebody's role was not enough. Never throws. */
  refused(request: FastifyRequest, holder: TokenHolder, action: AuditAction): Promise<void> {
    return this.#keep(this.#row(request, holder, action, REFUSED));
  }

  async #keep(row: AuditRow): Promise<void> {
    const { store, clock, log } = this.#options;
    const { callId, action, result } = row;
    const failed = (error: unknown): true => {
      log.error({ err: error, callId, action, result }, 'the result of a request could not be noted in the audit list');
      return true;
    };
    await withTimeout(
      clock,
      MAX_WAIT,
      Promise.resolve(row)
        .then((kept) => store.putAudit(kept))
        .then(() => true, failed),
    );
  }

  #row(request: FastifyRequest, { label, role }: TokenHolder, action: AuditAction, result: number | null): AuditRow {
    const {
      id: callId,
      flow,
      to,
    } = { ...(action === 'call.signal' ? {} : (request.body as object | undefined)), ...(request.params as object) } as Readonly<
      Record<string, unknown>
    >;
    return {
      id: randomUUID(),
      at: this.#options.clock.now(),
      label,
      role,
      action,
      // Nothing is kept that the asker made up: it may be a number, or a token, in a wrong place.
      callId: typeof callId === 'string' && OUR_ID.test(callId) ? callId : null,
      flow: typeof flow === 'string' && this.#options.isFlow(flow) ? flow.slice(0, MAX_TEXT) : null,
      to: typeof to === 'string' ? maskNumber(to) : null,
      result,
      requestId: maskText(request.id, 'numbers').slice(0, MAX_TEXT),
      detail: null,
    };
  }
}
