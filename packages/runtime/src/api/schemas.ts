import { Type } from 'typebox';
import { API_ROLES } from '../security/api-tokens.ts';

/** What `hookswitch replay` reads; `JournalExport` is its type. */
export const CallJournal = Type.Object({}, { additionalProperties: true });

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
