/** A change of one setting as the audit list keeps it, so that it can be shown and undone. */
import { flowScope, numberScope } from '../calls/overrides.ts';
import type { AuditRow, OverrideChange, OverrideRow } from '../store/store.ts';

/** An override without its place. */
export type KeptOverride = NonNullable<OverrideChange['to']>;

/** What `AuditRow.detail` holds of a change of settings. */
export interface SettingChange {
  readonly scope: string;
  readonly name: string;
  readonly before: KeptOverride | null;
  readonly after: KeptOverride | null;
  /** The entry whose change it has undone. */
  readonly undoes: string | null;
}

/** An override as it is kept without its place. */
export function keptOverride({ value, startsAt, endsAt, at, label, reason }: KeptOverride): KeptOverride {
  return { value, startsAt, endsAt, at, label, reason };
}

/** The change that an entry holds; null for what is none. */
export function settingChange({ detail, action, result }: Pick<AuditRow, 'detail' | 'action' | 'result'>): SettingChange | null {
  if (detail === null || action !== 'settings.change' || result === null || result >= 300) return null;
  try {
    return JSON.parse(detail) as SettingChange;
  } catch {
    return null;
  }
}

/** Whether a setting is as a change has left it. */
export function isAsLeft({ after }: SettingChange, row: OverrideRow | null): boolean {
  return JSON.stringify(row === null ? null : keptOverride(row)) === JSON.stringify(after === null ? null : keptOverride(after));
}

/** Whose setting a scope holds. */
export function ownerOf(scope: string): { readonly flow: string | null; readonly number: string | null } {
  const [kind = ''] = scope.split(':', 1);
  const rest = scope.slice(kind.length + 1);
  return scope === flowScope(rest) ? { flow: rest, number: null } : { flow: null, number: scope === numberScope(rest) ? `+${rest}` : null };
}
