import { optionSet, orNull, type Schema, valueThat } from '@hookswitch/dsl/options';
import type { Caller } from './callers/caller.ts';
import { AMOUNT } from './check-option.ts';

/** An inbound call. */
export interface InboundCall {
  /** Who calls, E.164; null when withheld. @default a number made of the call's count */
  readonly from?: string | null;
  /** The virtual number that is called. @default the platform's first number */
  readonly to?: string;
  /** Who is on the line. @default a person, driven through the session */
  readonly caller?: Caller;
  /** What the call is called; ids, chaos and random walks are drawn by it. @default its count: `1`, `2` … */
  readonly name?: string;
  /** How long the caller thinks before it presses a key, ms. @default 1000 */
  readonly thinkMs?: number;
  /** Whether it always thinks as long, or exponentially distributed around it. @default 'fixed' */
  readonly thinking?: 'fixed' | 'exponential';
  /** @default as the platform's `keepEvents` */
  readonly keepEvents?: boolean;
}

/** Where the platform listens. */
export interface ListenOptions {
  /** @default 0: any free one */
  readonly port?: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
}

/** The schema of somebody on the line. */
export const CALLER: Schema = valueThat('a caller', (value) => typeof value === 'object' && value !== null);

/** How fast somebody on the line is. */
export type Thinking = Required<Pick<InboundCall, 'thinkMs' | 'thinking'>>;

/** How fast somebody on the line is, and what is kept of the call. */
export const THINKING = {
  thinkMs: { ...AMOUNT, default: 1_000 },
  thinking: { enum: ['fixed', 'exponential'], default: 'fixed' },
  keepEvents: { type: 'boolean' },
} as const;

/** What `InboundCall` holds, with the defaults. */
export const INBOUND_CALL = optionSet({
  from: orNull({ type: 'string', 'x-secret': true }),
  to: { type: 'string', 'x-secret': true },
  caller: CALLER,
  name: { type: 'string' },
  ...THINKING,
});

/** What `ListenOptions` holds, with the defaults. */
export const LISTEN = optionSet({
  port: { type: 'integer', minimum: 0, maximum: 65_535, default: 0 },
  host: { type: 'string', default: '127.0.0.1' },
});
