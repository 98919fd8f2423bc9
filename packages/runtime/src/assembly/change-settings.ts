import { didYouMean, type SettingDeclaration, settingValue } from '@hookswitch/dsl';
import { flowScope, INTAKE, numberScope } from '../calls/overrides.ts';
import type { RouteTable } from '../calls/settings.ts';
import type { Clock } from '../clock.ts';
import { SettingRefusedError } from '../errors/setting-refused-error.ts';
import { UnknownFlowError } from '../errors/unknown-flow-error.ts';
import { isAsLeft, keptOverride, type KeptOverride, type SettingChange, settingChange } from '../report/setting-change.ts';
import { viewOverride } from '../report/settings.ts';
import type { AuditRow, OverrideRow, Store } from '../store/store.ts';
import { readTime } from './time.ts';

/** Numbers whose intake may be set. */
export const MAX_SETTING_NUMBERS = 1_000;
/** Characters that callers hear while intake is closed. */
export const MAX_SAYS = 3_000;
/** How often a change that relies on no version is tried again where others were faster. */
const MAX_TRIES = 10;
const NUMBER = /^\+?\d{3,15}$/;

/** When a change holds, and why; times are RFC 3339. */
export interface SettingPeriod {
  readonly startsAt?: string | null;
  readonly until?: string | null;
  readonly reason?: string | null;
  /** As whoever asks has seen it; 0 for none. Left out: what is there is replaced, whatever it is. */
  readonly version?: number;
}

/** Intake as it is asked for. */
export interface AskedIntake extends SettingPeriod {
  readonly open: boolean;
  readonly says?: string | null;
  readonly number?: string;
}

/** Who changes it, and how that is kept in the audit list. */
export interface Changer {
  readonly label: string;
  /** The entry that is committed with the change. */
  entry(change: SettingChange): AuditRow;
}

/** What settings are changed with. */
export interface SettingsContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly table: RouteTable;
}

interface Target {
  readonly scope: string;
  readonly name: string;
  readonly expected: number | null;
}

/**
 * Changes what operators may change. Each change and its entry of the audit list are one commit. Methods give that entry, or null where there was nothing to change, and throw
 * `SettingRefusedError` and `UnknownFlowError`: nothing was changed then.
 */
export class SettingsChanger {
  readonly #context: SettingsContext;

  constructor(context: SettingsContext) {
    this.#context = context;
  }

  /** Puts a value in place of a setting's default. */
  set(flow: string, name: string, given: unknown, asked: SettingPeriod, by: Changer): Promise<AuditRow | null> {
    const checked = settingValue(this.#declaration(flow, name), given);
    if (checked.problem !== null) {
      const { says, came, fix } = checked.problem;
      throw new SettingRefusedError('HS_SETTING_VALUE', `"${name}" of "${flow}" ${says}; got ${came}. ${fix}`);
    }
    const to = this.#kept(checked.value, asked, by);
    return this.#change({ scope: flowScope(flow), name, expected: asked.version ?? null }, () => to, by);
  }

  /** Closes the intake of a flow, or of one of its numbers; or opens it again. */
  async setIntake(flow: string, asked: AskedIntake, by: Changer): Promise<AuditRow | null> {
    this.#demandFlow(flow);
    const { open, says = null, number, version } = asked;
    const scope = number === undefined ? flowScope(flow) : this.#numberOf(flow, number);
    const target = { scope, name: INTAKE, expected: version ?? null };
    if (open) {
      const extra = [says === null ? null : 'says', asked.startsAt == null ? null : 'startsAt', asked.until == null ? null : 'until'];
      const [first] = extra.filter((one) => one !== null);
      if (first !== undefined)
        throw new SettingRefusedError(
          'HS_SETTING_VALUE',
          `"${first}" is of intake that is closed. Leave it out, or close intake: open: false.`,
        );
      return this.#change(target, () => null, by);
    }
    const heard = settingValue({ kind: 'text', default: null, maxLength: MAX_SAYS }, says);
    if (heard.problem !== null)
      throw new SettingRefusedError('HS_SETTING_VALUE', `"says" ${heard.problem.says}; got ${heard.problem.came}. ${heard.problem.fix}`);
    const to = this.#kept({ open: false, says: heard.value }, asked, by);
    return this.#change(target, () => to, by, number === undefined);
  }

  /** Takes back what was set, also where the flow or the setting is not there any more. */
  async unset(
    flow: string,
    name: string,
    asked: { readonly version?: number; readonly number?: string },
    by: Changer,
  ): Promise<AuditRow | null> {
    const { version, number } = asked;
    if (number !== undefined && name !== INTAKE)
      throw new SettingRefusedError(
        'HS_SETTING_NUMBER',
        `"number" is of intake alone: "${name}" is a setting of the whole flow. Leave it out.`,
      );
    if (number !== undefined) this.#demandFlow(flow);
    const scope = number === undefined ? flowScope(flow) : this.#numberOf(flow, number);
    if (name !== INTAKE && (await this.#find(scope, name)) === null) this.#declaration(flow, name);
    if (name === INTAKE && (await this.#find(scope, name)) === null) this.#demandFlow(flow);
    return this.#change({ scope, name, expected: version ?? null }, () => null, by);
  }

  /** Puts back what was there before a change, where it is still as that change has left it. */
  async undo(id: string, asked: { readonly reason?: string | null }, by: Changer): Promise<AuditRow | null> {
    const { store, clock } = this.#context;
    const entry = await store.auditEntry(id);
    const change = entry === null ? null : settingChange(entry);
    if (change === null)
      throw new SettingRefusedError(
        'HS_SETTING_ENTRY_UNKNOWN',
        'There is no change of settings with this id, or it was pruned. GET /settings/history lists those that there are.',
      );
    const { scope, name, before } = change;
    const row = await this.#find(scope, name);
    if (!isAsLeft(change, row)) throw this.#changed(name, row);
    const to = before === null ? null : { ...before, at: clock.now(), label: by.label, reason: asked.reason ?? before.reason };
    return this.#change({ scope, name, expected: row?.version ?? 0 }, () => to, by, true, id);
  }

  async #change(
    { scope, name, expected }: Target,
    to: () => KeptOverride | null,
    by: Changer,
    mayAdd = true,
    undoes: string | null = null,
  ): Promise<AuditRow | null> {
    const { store } = this.#context;
    for (let tries = 0; ; tries++) {
      const { rows } = await store.overrides();
      const row = rows.find((one) => one.scope === scope && one.name === name) ?? null;
      const version = row?.version ?? 0;
      if (expected !== null && version !== expected) throw this.#changed(name, row);
      const after = to();
      if (row === null && after === null) return null;
      if (!mayAdd && row === null) demandRoom(rows);
      const entry = by.entry({ scope, name, before: row === null ? null : keptOverride(row), after, undoes });
      if ((await store.changeOverrides([{ scope, name, expected: version, to: after }], entry)) === 'changed') return entry;
      if (expected !== null || tries >= MAX_TRIES) throw this.#changed(name, await this.#find(scope, name));
    }
  }

  async #find(scope: string, name: string): Promise<OverrideRow | null> {
    return (await this.#context.store.overrides()).rows.find((row) => row.scope === scope && row.name === name) ?? null;
  }

  #changed(name: string, row: OverrideRow | null): SettingRefusedError {
    const now = row === null ? 'nothing is set any more' : `set by ${row.label} at ${new Date(row.at).toISOString()}`;
    const current = row === null ? null : viewOverride(row, { now: this.#context.clock.now(), masks: false }, false);
    return new SettingRefusedError(
      'HS_SETTING_CHANGED',
      `"${name}" has changed since (${now}), and was left as it is. Look at what is there now, and decide again.`,
      { current, version: row?.version ?? 0 },
    );
  }

  #demandFlow(flow: string): void {
    const { newest } = this.#context.table;
    if (!newest.has(flow)) throw new UnknownFlowError(flow.slice(0, 60), [...newest.keys()]);
  }

  #declaration(flow: string, name: string): SettingDeclaration {
    this.#demandFlow(flow);
    const declared = (this.#context.table.newest.get(flow)?.flow.options.settings?.declared ?? {}) as Readonly<
      Record<string, SettingDeclaration>
    >;
    const found = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (found !== undefined) return found;
    const known = Object.keys(declared);
    const there =
      known.length === 0
        ? `It declares none: defineFlow({ settings: settings({ … }) }).`
        : `${didYouMean(name, known)}It has: ${known.join(', ')}.`;
    throw new SettingRefusedError('HS_SETTING_UNKNOWN', `The flow "${flow}" has no setting ${JSON.stringify(name.slice(0, 60))}. ${there}`);
  }

  /** The scope of a number that the flow may answer. */
  #numberOf(flow: string, given: string): string {
    const number = given.replace(/[\s().-]/g, '');
    if (!NUMBER.test(number))
      throw new SettingRefusedError('HS_SETTING_NUMBER', '"number" must be one of your own, with its country code, such as +6531589338.');
    const { byNumber, choose } = this.#context.table;
    const other = byNumber.get(number.replace('+', ''))?.flow.name;
    if (choose === null && other !== undefined && other !== flow)
      throw new SettingRefusedError('HS_SETTING_NUMBER', `"number" is answered by the flow "${other}", not by "${flow}". Name that one.`);
    return numberScope(number);
  }

  #kept(value: unknown, { startsAt, until, reason }: SettingPeriod, by: Changer): KeptOverride {
    const now = this.#context.clock.now();
    const [start, end] = [timeOf('startsAt', startsAt), timeOf('until', until)];
    const wrong = (says: string): SettingRefusedError => new SettingRefusedError('HS_SETTING_PERIOD', says);
    if (end !== null && end <= now)
      throw wrong(
        `"until" is over already: ${new Date(end).toISOString()}, and it is ${new Date(now).toISOString()} now. Give a later time.`,
      );
    if (start !== null && end !== null && end <= start) throw wrong('"until" must be after "startsAt". Exchange them, or leave one out.');
    return { value: JSON.stringify(value), startsAt: start, endsAt: end, at: now, label: by.label, reason: reason ?? null };
  }
}

function demandRoom(rows: readonly OverrideRow[]): void {
  if (rows.filter(({ scope }) => scope.startsWith(numberScope(''))).length < MAX_SETTING_NUMBERS) return;
  throw new SettingRefusedError(
    'HS_SETTING_TOO_MANY',
    `The intake of ${MAX_SETTING_NUMBERS} numbers is set already. Open one of them, or close the intake of the flow.`,
  );
}

function timeOf(name: string, text: string | null | undefined): number | null {
  if (text === undefined || text === null) return null;
  const time = readTime(text);
  if (time !== null && Math.abs(time) < 8.6e15) return time;
  throw new SettingRefusedError('HS_SETTING_PERIOD', `"${name}" must be a time with its zone, such as 2026-11-23T18:00:00+08:00.`);
}
