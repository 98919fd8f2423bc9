/** Shows what operators have set: each flow's declaration, what holds now, and what is stored and not used. */
import { PHRASES, type CompiledFlow, type SettingDeclaration, settingValue, type SettingValue } from '@hookswitch/dsl';
import { flowScope, holds, INTAKE, knownOverrides, numberScope, readIntake } from '../calls/overrides.ts';
import { textIn } from '../calls/reply/actions.ts';
import type { RouteTable } from '../calls/settings.ts';
import { maskNumber } from '../observe/mask-text.ts';
import type { AuditRow, OverrideRow, Overrides } from '../store/store.ts';
import { isAsLeft, type KeptOverride, ownerOf, settingChange } from './setting-change.ts';
import type {
  ChangedSettingView,
  FlowSettingsView,
  IgnoredView,
  IntakeView,
  NumberIntakeView,
  OverrideView,
  SettingsView,
  SettingView,
} from './settings-view.ts';

/** What is shown, when, and whether as it is. */
export interface SettingsLook {
  readonly table: RouteTable;
  readonly now: number;
  /** Whether settings of the kind `phone` are masked. */
  readonly masks: boolean;
}

const USUAL_MAX_LENGTH = 500;

/** All of it. */
export function viewSettings(overrides: Overrides, look: SettingsLook): SettingsView {
  const { of } = knownOverrides(overrides);
  const { newest } = look.table;
  const rowsOf = (scope: string): readonly OverrideRow[] => of.get(scope) ?? [];
  const flows = [...newest.values()].map((compiled) => viewFlow(compiled, rowsOf(flowScope(compiled.flow.name)), look));
  const strangers = overrides.rows.flatMap((row) => {
    const { flow } = ownerOf(row.scope);
    if (flow === null || newest.has(flow)) return [];
    return [{ ...viewIgnored(row, `The flow "${flow}" is not served here.`, look), flow }];
  });
  return {
    now: iso(look.now),
    revision: overrides.revision,
    flows,
    numbers: numbersOf(overrides.rows, look.table).map((number) => viewNumber(number, rowsOf(numberScope(number)), look)),
    ignored: strangers,
  };
}

/** One flow. */
export function viewFlow({ flow }: CompiledFlow, rows: readonly OverrideRow[], look: SettingsLook): FlowSettingsView {
  const declared = (flow.options.settings?.declared ?? {}) as Readonly<Record<string, SettingDeclaration>>;
  const ignored = rows.flatMap((row): IgnoredView[] => {
    const why = row.name === INTAKE ? null : whyIgnored(declared, row);
    return why === null ? [] : [viewIgnored(row, why, look)];
  });
  return {
    flow: flow.name,
    version: flow.options.version,
    settings: Object.entries(declared).map(([name, declaration]) =>
      viewSetting(name, declaration, rows.find((row) => row.name === name) ?? null, look),
    ),
    intake: viewIntake(flow, rows, look),
    ignored,
  };
}

function viewSetting(name: string, declaration: SettingDeclaration, row: OverrideRow | null, look: SettingsLook): SettingView {
  const { kind } = declaration;
  const shown = <V extends SettingValue>(value: V): V => masked(value, kind === 'phone' && look.masks);
  const checked = row === null ? null : settingValue(declaration, readValue(row.value));
  const isUsed = row !== null && checked !== null && checked.problem === null;
  const isNow = isUsed && holds(row, look.now);
  const number = declaration.kind === 'number' ? declaration : null;
  return {
    name,
    kind,
    label: declaration.label ?? name,
    default: shown(declaration.default),
    optional: declaration.default === null,
    maxLength: declaration.kind === 'text' ? (declaration.maxLength ?? USUAL_MAX_LENGTH) : null,
    min: number?.min ?? null,
    max: number?.max ?? null,
    integer: number?.integer ?? false,
    choices: declaration.kind === 'choice' ? [...declaration.choices] : null,
    value: shown(isNow ? checked.value : declaration.default),
    version: row?.version ?? 0,
    override: isUsed ? viewOverride(row, look, kind === 'phone') : null,
  };
}

/** Why a stored value is not used; null where it is. */
function whyIgnored(declared: Readonly<Record<string, SettingDeclaration>>, { name, value }: OverrideRow): string | null {
  const declaration = Object.hasOwn(declared, name) ? declared[name] : undefined;
  if (declaration === undefined) return 'The flow declares no setting of this name any more.';
  const { problem } = settingValue(declaration, readValue(value));
  return problem === null ? null : `It ${problem.says} by now; what is stored is ${problem.came}.`;
}

function viewIgnored(row: OverrideRow, why: string, look: SettingsLook): IgnoredView {
  // What it was declared as is not known any more: a text may be somebody's number.
  return { ...viewOverride(row, look, true), name: row.name, why };
}

function viewIntake(flow: CompiledFlow['flow'] | null, rows: readonly OverrideRow[], look: SettingsLook): IntakeView {
  const row = rows.find(({ name }) => name === INTAKE) ?? null;
  const intake = row === null ? null : readIntake(row.value);
  const phrase = textIn(flow?.options.phrases.intakeClosed ?? PHRASES.intakeClosed, flow?.options.language ?? null);
  return {
    open: row === null || intake === null || intake.open || !holds(row, look.now),
    heard: intake?.says ?? phrase,
    version: row?.version ?? 0,
    override: row === null || intake === null ? null : viewOverride(row, look, false),
  };
}

function viewNumber(number: string, rows: readonly OverrideRow[], look: SettingsLook): NumberIntakeView {
  const { table } = look;
  const compiled = table.choose === null ? (table.byNumber.get(bare(number)) ?? null) : null;
  return {
    number,
    flow: compiled?.flow.name ?? null,
    intake: viewIntake(compiled?.flow ?? table.fallback?.flow ?? null, rows, look),
  };
}

/** The numbers that flows name, and others that have an override. */
function numbersOf(rows: readonly OverrideRow[], { byNumber }: RouteTable): readonly string[] {
  const set = rows.flatMap(({ scope }) => ownerOf(scope).number ?? []);
  return [...new Set([...[...byNumber.keys()].map((digits) => `+${digits}`), ...set])].sort();
}

/** An override, and whether it holds. */
export function viewOverride(row: OverrideRow, { now, masks }: Pick<SettingsLook, 'now' | 'masks'>, mayBePhone: boolean): OverrideView {
  const { startsAt, endsAt, at, label, reason, version } = row;
  const state = holds(row, now) ? 'in-effect' : endsAt !== null && endsAt <= now ? 'over' : 'later';
  return {
    value: viewValue(row.value, mayBePhone && masks),
    state,
    startsAt: isoOrNull(startsAt),
    until: isoOrNull(endsAt),
    at: iso(at),
    by: label,
    reason,
    version,
  };
}

/** An entry of the audit list as a change; null for what is none. */
export function viewChange(entry: AuditRow, rows: readonly OverrideRow[], { table, masks }: SettingsLook): ChangedSettingView | null {
  const change = settingChange(entry);
  if (change === null) return null;
  const { scope, name, before, after, undoes } = change;
  const { flow, number } = ownerOf(scope);
  const kind = (
    table.newest.get(flow ?? '')?.flow.options.settings?.declared as Readonly<Record<string, SettingDeclaration>> | undefined
  )?.[name]?.kind;
  const isHidden = masks && name !== INTAKE && (kind === undefined || kind === 'phone');
  const kept = (one: KeptOverride | null): ChangedSettingView['before'] =>
    one === null
      ? null
      : {
          value: viewValue(one.value, isHidden),
          startsAt: isoOrNull(one.startsAt),
          until: isoOrNull(one.endsAt),
          reason: one.reason,
          by: one.label,
        };
  return {
    id: entry.id,
    at: iso(entry.at),
    by: entry.label,
    flow: flow ?? entry.flow,
    number,
    name,
    before: kept(before),
    after: kept(after),
    undoes,
    canUndo: isAsLeft(change, rows.find((row) => row.scope === scope && row.name === name) ?? null),
  };
}

function viewValue(text: string, masks: boolean): OverrideView['value'] {
  const value = readValue(text);
  return typeof value === 'object' && value !== null ? readIntake(text) : masked((value ?? null) as SettingValue, masks);
}

function masked<V extends SettingValue>(value: V, masks: boolean): V {
  return masks && typeof value === 'string' ? (maskNumber(value) as V) : value;
}

/** A value as it is kept; undefined, which fits no declaration, where it can't be read. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function bare(number: string): string {
  return number.replace(/\D/g, '');
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function isoOrNull(time: number | null): string | null {
  return time === null ? null : iso(time);
}
