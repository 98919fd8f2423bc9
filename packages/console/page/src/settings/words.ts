import type { OverrideView, SettingsView, SettingView } from '../../../src/views.ts';
import { isInEffect } from '../lib/settings.ts';

const MINUTE = 60_000;
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** `18:00`, with the day before it unless it is today. */
export function clockTime(iso: string, now: number): string {
  const at = new Date(iso);
  return new Date(now).toDateString() === at.toDateString() ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`;
}

/** `just now`, `12 minutes ago`, `3 hours ago`, `2 days ago`. */
export function ago(iso: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(iso)) / MINUTE);
  if (minutes < 1) return 'just now';
  const [n, unit] =
    minutes < 60 ? [minutes, 'minute'] : minutes < 2_880 ? [Math.floor(minutes / 60), 'hour'] : [Math.floor(minutes / 1_440), 'day'];
  return `${n} ${unit}${n === 1 ? '' : 's'} ago`;
}

/** A value as people read it. */
export function valueWords(value: unknown, kind?: SettingView['kind']): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'object' && 'open' in value) return value.open === true ? 'open' : 'closed';
  if (typeof value === 'string') return kind === 'phone' || kind === 'choice' || kind === 'audio' ? value : `“${value}”`;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** From when and until when it holds, after a verb: ` from 09:00 until 18:00`; empty for now and as long as nobody changes it. */
export function periodWords({ startsAt, until }: Pick<OverrideView, 'startsAt' | 'until'>, now: number): string {
  const from = startsAt === null || Date.parse(startsAt) <= now ? '' : ` from ${clockTime(startsAt, now)}`;
  return `${from}${until === null ? '' : ` until ${clockTime(until, now)}`}`;
}

/** `Anna, 12 minutes ago`. */
export function whoAndWhen({ by, at }: Pick<OverrideView, 'by' | 'at'>, now: number): string {
  return `${by}, ${ago(at, now)}`;
}

/** What is overridden at a moment, a sentence each. */
export function changedNow({ flows, numbers }: SettingsView, now: number): readonly string[] {
  const say = (what: string, override: OverrideView | null): readonly string[] =>
    override === null || !isInEffect(override, now) ? [] : [`${what}${periodWords(override, now)} (${whoAndWhen(override, now)})`];
  return [
    ...flows.flatMap(({ flow, intake, settings }) => [
      ...say(`Intake of ${flow} is closed`, intake.override),
      ...settings.flatMap(({ label, kind, override }) => say(`${label} of ${flow} is ${valueWords(override?.value, kind)}`, override)),
    ]),
    ...numbers.flatMap(({ number, intake }) => say(`Intake of ${number} is closed`, intake.override)),
  ];
}
