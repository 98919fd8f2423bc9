import { type Static, Type } from 'typebox';
import type { CallFilter, CallStatus } from '../store/store.ts';

/** What calls came to, as people ask for it. */
export const OUTCOMES = {
  live: ['live', 'ending'],
  ended: ['ended'],
  failed: ['failed'],
  outbound: ['pending', 'unknown'],
} as const satisfies Readonly<Record<string, readonly CallStatus[]>>;

/** The query of a list of calls. */
export const CallQuery = Type.Object(
  {
    flow: Type.Optional(Type.String()),
    site: Type.Optional(Type.String()),
    outcome: Type.Optional(Type.Enum(['live', 'ended', 'failed', 'outbound'])),
    number: Type.Optional(Type.String({ pattern: '^[+\\d\\s().-]{1,30}$' })),
    after: Type.Optional(Type.String({ format: 'date-time' })),
    before: Type.Optional(Type.String({ format: 'date-time' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    cursor: Type.Optional(Type.String({ maxLength: 100 })),
  },
  { additionalProperties: false },
);

/** The store's filter for a query. */
export function callFilter(query: Static<typeof CallQuery>): CallFilter {
  const { flow, site, outcome, number, after, before, limit = 25, cursor } = query;
  return {
    limit,
    ...(flow === undefined ? {} : { flow }),
    ...(site === undefined ? {} : { site }),
    ...(outcome === undefined ? {} : { status: OUTCOMES[outcome] }),
    ...(number === undefined ? {} : { number: number.replace(/\D/g, '') }),
    ...(after === undefined ? {} : { startedAfter: Date.parse(after) }),
    ...(before === undefined ? {} : { startedBefore: Date.parse(before) }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}
