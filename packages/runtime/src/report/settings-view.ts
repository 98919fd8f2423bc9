/** What operators have set, as the API, the console and the command show it. */
import { type Static, Type } from 'typebox';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Time = Type.String({ format: 'date-time' });
const Value = Type.Union([Type.Boolean(), Type.Number(), Type.String(), Type.Null()]);
/** Of a setting, or of intake. */
const KeptValue = Type.Union([Value, Type.Object({ open: Type.Boolean(), says: Nullable(Type.String()) })]);

/** What stands in place of a default. */
const override = {
  value: KeptValue,
  state: Type.Enum(['in-effect', 'later', 'over'], { description: 'Whether it holds now.' }),
  startsAt: Nullable(Time),
  until: Nullable(Time),
  at: Type.String({ format: 'date-time', description: 'When it was set.' }),
  by: Type.String({ description: 'The label of the token with which it was set.' }),
  reason: Nullable(Type.String()),
  version: Type.Integer({ description: 'Given back with a change, it is refused where somebody else was faster.' }),
};
export const OverrideView = Type.Object(override);
export type OverrideView = Static<typeof OverrideView>;

/** A stored value that is not used. */
export const IgnoredView = Type.Object({
  ...override,
  name: Type.String(),
  why: Type.String({ description: 'A sentence.' }),
});
export type IgnoredView = Static<typeof IgnoredView>;

export const SettingView = Type.Object({
  name: Type.String(),
  kind: Type.Enum(['boolean', 'text', 'phone', 'number', 'choice', 'audio']),
  label: Type.String({ description: 'The name where the flow gives none.' }),
  default: Value,
  optional: Type.Boolean({ description: 'Whether it may be null.' }),
  maxLength: Nullable(Type.Integer()),
  min: Nullable(Type.Number()),
  max: Nullable(Type.Number()),
  integer: Type.Boolean(),
  choices: Nullable(Type.Array(Type.String())),
  value: Value,
  version: Type.Integer({ description: '0 where nothing is stored.' }),
  override: Nullable(OverrideView),
});
export type SettingView = Static<typeof SettingView>;

export const IntakeView = Type.Object({
  open: Type.Boolean({ description: 'Now.' }),
  heard: Type.String({ description: 'What callers hear while it is closed.' }),
  version: Type.Integer(),
  override: Nullable(OverrideView),
});
export type IntakeView = Static<typeof IntakeView>;

export const FlowSettingsView = Type.Object({
  flow: Type.String(),
  version: Type.String(),
  settings: Type.Array(SettingView),
  intake: IntakeView,
  ignored: Type.Array(IgnoredView),
});
export type FlowSettingsView = Static<typeof FlowSettingsView>;

export const NumberIntakeView = Type.Object({
  number: Type.String(),
  flow: Nullable(Type.String({ description: 'That answers it; null where no flow names it.' })),
  intake: IntakeView,
});
export type NumberIntakeView = Static<typeof NumberIntakeView>;

export const SettingsView = Type.Object({
  now: Time,
  revision: Type.Integer({ description: 'Grows with each change.' }),
  flows: Type.Array(FlowSettingsView),
  numbers: Type.Array(NumberIntakeView),
  ignored: Type.Array(Type.Object({ ...override, name: Type.String(), why: Type.String(), flow: Type.String() })),
});
export type SettingsView = Static<typeof SettingsView>;

const Kept = Type.Object({
  value: KeptValue,
  startsAt: Nullable(Time),
  until: Nullable(Time),
  reason: Nullable(Type.String()),
  by: Type.String(),
});

/** One change. */
export const ChangedSettingView = Type.Object({
  id: Type.String({ description: 'Of its entry in the audit list; it can be undone by it.' }),
  at: Time,
  by: Type.String({ description: 'The label of the token.' }),
  flow: Nullable(Type.String()),
  number: Nullable(Type.String({ description: 'Of the intake of one number.' })),
  name: Type.String(),
  before: Nullable(Kept),
  after: Nullable(Kept),
  undoes: Nullable(Type.String({ description: 'The change that this one has undone.' })),
  canUndo: Type.Boolean({ description: 'False where it has changed since.' }),
});
export type ChangedSettingView = Static<typeof ChangedSettingView>;

export const SettingsHistory = Type.Object({ entries: Type.Array(ChangedSettingView), cursor: Nullable(Type.String()) });
export type SettingsHistory = Static<typeof SettingsHistory>;

export const SettingsChanged = Type.Object({
  change: Nullable(ChangedSettingView),
  settings: SettingsView,
});
export type SettingsChanged = Static<typeof SettingsChanged>;
