import { type Static, Type } from 'typebox';
import { ChangedSettingView, OverrideView } from '../report/settings-view.ts';
import { API_ROLES } from '../security/api-tokens.ts';

/** What `hookswitch replay` reads; `JournalExport` is its type. */
export const CallJournal = Type.Object({}, { additionalProperties: true });

export const Problem = Type.Object({ error: Type.String(), message: Type.String() });
/** Of a setting that has changed meanwhile: what is there now. */
export const SettingProblem = Type.Object({
  error: Type.String(),
  message: Type.String(),
  current: Type.Optional(Type.Union([OverrideView, Type.Null()])),
  version: Type.Optional(Type.Integer()),
});
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

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** An entry of the audit list as API and console show it. */
export const AuditView = Type.Object({
  id: Type.String(),
  at: Type.String({ format: 'date-time' }),
  label: Type.String({ description: 'Of the token.' }),
  role: Type.String({ description: 'Of the token.' }),
  action: Type.String({ description: 'call.place, call.end, call.signal, insights.count, settings.change.' }),
  callId: Nullable(Type.String()),
  flow: Nullable(Type.String()),
  to: Nullable(Type.String({ description: 'Who is called, masked.' })),
  result: Nullable(Type.Integer({ description: 'The HTTP status; null while it is under way, and where the server ended before.' })),
  requestId: Nullable(Type.String({ description: 'As in the log of the server.' })),
  change: Nullable(ChangedSettingView),
});
export type AuditView = Static<typeof AuditView>;

/** A page of the audit list. */
export const AuditList = Type.Object({ entries: Type.Array(AuditView), cursor: Nullable(Type.String()) });
export type AuditList = Static<typeof AuditList>;

export const AuditQuery = Type.Object(
  {
    label: Type.Optional(Type.String()),
    action: Type.Optional(Type.String()),
    call: Type.Optional(Type.String()),
    flow: Type.Optional(Type.String()),
    after: Type.Optional(Type.String({ format: 'date-time' })),
    before: Type.Optional(Type.String({ format: 'date-time' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    cursor: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type AuditQuery = Static<typeof AuditQuery>;
