import { type Static, Type } from 'typebox';
import { ENDED_BY } from '../calls/ended-by.ts';
import { API_ROLES } from '../security/api-tokens.ts';
import type { CallStatus } from '../store/store.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** The statuses of calls. */
export const STATUSES = ['pending', 'unknown', 'live', 'ending', 'ended', 'failed', 'cancelled'] as const satisfies readonly CallStatus[];

/** A call as the API shows it. */
export const CallView = Type.Object(
  {
    id: Type.String(),
    subAccountId: Type.String(),
    sessionId: Nullable(Type.String()),
    flow: Type.String(),
    flowVersion: Type.String(),
    direction: Type.Enum(['inbound', 'outbound']),
    from: Nullable(Type.String()),
    to: Type.String(),
    status: Type.Enum([...STATUSES]),
    site: Type.String({ description: 'Where the flow stands: a site, or ended, failed, closed.' }),
    lastSite: Nullable(
      Type.String({
        description: 'Where a call that is over waited for its caller last; null while it stands at a site, and where nobody knows.',
      }),
    ),
    siteSince: Nullable(Type.String({ format: 'date-time', description: 'Since when it stands there; null where nobody noted it.' })),
    turn: Type.Integer(),
    startedAt: Type.String({ format: 'date-time' }),
    seenAt: Type.String({ format: 'date-time' }),
    endedAt: Nullable(Type.String({ format: 'date-time' })),
    endedBy: Nullable(
      Type.Enum([...ENDED_BY], {
        description:
          'Who ended it, as far as that can be known; "caller" is whoever was on the first leg. Null while it lives, and for a call that never began.',
      }),
    ),
    clientRequestId: Nullable(Type.String()),
    error: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
  },
  { $id: 'Call' },
);
export type CallView = Static<typeof CallView>;

/** One line of a call's timeline. */
export const TimelineView = Type.Object({
  at: Type.String({ format: 'date-time' }),
  kind: Type.String(),
  text: Type.String(),
  data: Type.Unknown(),
});
export type TimelineView = Static<typeof TimelineView>;

/** What `hookswitch replay` reads; `JournalExport` is its type. */
export const CallJournal = Type.Object({}, { additionalProperties: true });
export const CallDetail = Type.Object({ call: CallView, timeline: Type.Array(TimelineView) });

export const ListQuery = Type.Object(
  {
    flow: Type.Optional(Type.String()),
    site: Type.Optional(Type.String({ description: 'Where calls stand, or, once they are over, waited last.' })),
    status: Type.Optional(Type.String({ description: `One or several, comma separated: ${STATUSES.join(', ')}.` })),
    number: Type.Optional(
      Type.String({
        pattern: '^\\+?[0-9]{1,15}$',
        'x-form': 'digits of a telephone number',
        description: 'Whose calls: a whole number with its country code; a part of one only where the server shows numbers.',
      }),
    ),
    startedAfter: Type.Optional(Type.String({ format: 'date-time' })),
    startedBefore: Type.Optional(Type.String({ format: 'date-time' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    cursor: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type ListQuery = Static<typeof ListQuery>;

export const CallList = Type.Object({ calls: Type.Array(CallView), cursor: Nullable(Type.String()) });
export const Problem = Type.Object({ error: Type.String(), message: Type.String() });
/** Of a token whose role is not enough. */
export const RoleProblem = Type.Object({
  error: Type.String(),
  message: Type.String(),
  needed: Type.Enum([...API_ROLES], { description: 'The least role that is enough.' }),
  role: Type.Enum([...API_ROLES], { description: 'The role of the token.' }),
});

export const ParamsProblem = Type.Object({
  error: Type.String(),
  message: Type.String(),
  /** Only of params that don't fit the schema of their flow: where, and what is wrong. */
  issues: Type.Optional(Type.Array(Type.Object({ path: Type.Array(Type.Union([Type.String(), Type.Number()])), message: Type.String() }))),
});
export const CallParam = Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) });
