/** How a call is shown: one form for the API, the console, the command and exports. Times are ISO 8601, UTC. */
import { type Static, Type } from 'typebox';
import { ENDED_BY } from '../calls/ended-by.ts';
import { HIDDEN } from '../calls/hidden/without-secrets.ts';
import type { TimelineKind } from '../observe/timeline.ts';
import type { CallStatus } from '../store/store.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Time = Type.String({ format: 'date-time' });

/** The statuses of calls. */
export const STATUSES = ['pending', 'unknown', 'live', 'ending', 'ended', 'failed', 'cancelled'] as const satisfies readonly CallStatus[];

export { HIDDEN };

/** A call for people and programs; numbers are masked unless the server shows them. */
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
    startedAt: Time,
    seenAt: Time,
    endedAt: Nullable(Time),
    endedBy: Nullable(
      Type.Enum([...ENDED_BY], {
        description:
          'Who ended it, as far as that can be known; "caller" is whoever was on the first leg. Null while it lives, and for a call that never began.',
      }),
    ),
    clientRequestId: Nullable(Type.String()),
    tags: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), {
      description: 'What the flow has noted on it, by name: of each the last value.',
    }),
    result: Type.Unknown({ description: 'What the flow has returned; null for nothing, and where it did not come to its end.' }),
    error: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
  },
  { $id: 'Call' },
);
export type CallView = Static<typeof CallView>;

const Line = {
  at: Time,
  text: Type.String({ description: 'What happened, in a few words.' }),
  data: Type.Unknown({ description: 'All that is known of it; what is sensitive is hidden.' }),
};

/** A webhook that asked for a callflow, and what was answered. */
export const TurnLine = Type.Object({
  kind: Type.Literal('turn'),
  ...Line,
  turn: Type.Integer(),
  came: Type.String({ description: 'What the webhook brought, in words.' }),
  askedAt: Nullable(Type.String({ description: 'The site whose question that answers.' })),
  site: Nullable(Type.String({ description: 'Where the flow waits after the answer.' })),
  state: Type.Enum(['answered', 'working', 'hidden'], {
    description: 'hidden: the answer speaks of something sensitive, and is sealed or erased.',
  }),
  said: Type.Array(Type.String(), { description: 'The actions of the answer, in words.' }),
  spoken: Type.Array(Nullable(Type.Object({ text: Type.String(), voice: Type.String({ description: 'E.g. en-US-BenjaminRUS.' }) })), {
    description: 'For each of them the text that is spoken in it, if any.',
  }),
});
export type TurnLine = Static<typeof TurnLine>;

/** A step that has run. */
export const StepLine = Type.Object({
  kind: Type.Literal('step'),
  ...Line,
  site: Type.String(),
  ms: Type.Number({ description: 'All attempts together.' }),
  attempts: Type.Integer(),
  error: Nullable(Type.String()),
  result: Type.Unknown(),
});
export type StepLine = Static<typeof StepLine>;

/** An entry of the journal. */
export const EntryLine = Type.Object({
  kind: Type.Literal('entry'),
  ...Line,
  isTold: Type.Boolean({ description: 'Whether the line of a turn or of a step tells it, too.' }),
});
export type EntryLine = Static<typeof EntryLine>;

// prettier-ignore
const EVENT_KINDS = [
  'status', 'recording', 'summary', 'hold', 'signal', 'fallback', 'divergence', 'log', 'tags', 'turned-away', 'takeover', 'error', 'outbound', 'ended', 'other',
] as const satisfies readonly (Exclude<TimelineKind, 'step'> | 'other')[];

/** Anything else: a status, a recording, a hold, a fallback, a log line, the end; `other` is a row of another version. */
export const EventLine = Type.Object({
  kind: Type.Enum([...EVENT_KINDS]),
  ...Line,
  tone: Type.Enum(['plain', 'warn', 'bad'], { description: 'How weighty it is.' }),
});
export type EventLine = Static<typeof EventLine>;

export const TimelineLine = Type.Union([TurnLine, StepLine, EntryLine, EventLine]);
export type TimelineLine = Static<typeof TimelineLine>;

/** A page of calls, newest first. */
export const CallListView = Type.Object({ calls: Type.Array(CallView), cursor: Nullable(Type.String()) });
export type CallListView = Static<typeof CallListView>;

/** How many calls a list has on all its pages. */
export const CallTotalsView = Type.Object({
  calls: Type.Integer(),
  failed: Type.Integer({ description: 'Of these.' }),
  isMore: Type.Boolean({ description: 'There are more: only the newest were counted.' }),
});
export type CallTotalsView = Static<typeof CallTotalsView>;

/** A call and all that happened in it, in order. */
export const CallReport = Type.Object({ call: CallView, timeline: Type.Array(TimelineLine) });
export type CallReport = Static<typeof CallReport>;
