import { type AnySettingValues, type SettingDeclarations, settingValues } from '@hookswitch/dsl';
import type { TestScript } from '@hookswitch/dsl/inside/test-script';
import type { StartCallOptions } from '@hookswitch/dsl/testing';
import { maskWebhook } from '@hookswitch/runtime/inside';
import type { Recorded } from './recorded.ts';

/** What `startCall` is given in a test, but for its steps. */
export type StartOptions = Omit<StartCallOptions, 'steps' | 'mode' | 'platform'> & TestScript['options'];

/** How a test begins that goes as a recorded call went. What had to be left out is added to `notes`. */
export function startOptions(recorded: Recorded, notes: Set<string>): StartOptions {
  const { call, usual, flow, showNumbers } = recorded;
  const outbound = call.direction === 'outbound';
  const isPlain = Object.keys(call.params).length === 0;
  // Only of calls in the same direction it is known what a test has by itself.
  const isUsual = (name: 'from' | 'to' | 'startedAt'): boolean =>
    usual?.direction === call.direction && !outbound && usual[name] === call[name];
  return {
    ...(outbound ? { direction: 'outbound' as const } : {}),
    ...(showNumbers ? (isUsual('from') ? {} : { from: call.from }) : call.from === null ? { from: null } : {}),
    ...(showNumbers && !isUsual('to') ? { to: call.to } : {}),
    ...(call.language !== null && call.language !== flow.options.language ? { language: call.language } : {}),
    ...(outbound && !isPlain ? { params: shown(recorded, call.params) as Readonly<Record<string, unknown>> } : {}),
    ...settingsOf(recorded, notes),
    ...(isUsual('startedAt') ? {} : { now: new Date(call.startedAt).toISOString() }),
  };
}

/** What operators had set in the recorded call: it reads its settings once. */
function settingsOf(recorded: Recorded, notes: Set<string>): { readonly settings?: AnySettingValues } {
  const { flow, answers } = recorded;
  const declared = (flow.options.settings?.declared ?? {}) as SettingDeclarations;
  const heard = answers.find((one) => one.kind === 'answer' && (one.site === 'settings' || one.site.endsWith('/settings')));
  const read = heard?.kind === 'answer' ? settingValues(declared, heard.value) : {};
  const changed = Object.entries(read).filter(([name, value]) => declared[name]?.default !== value);
  if (changed.length === 0) return {};
  const masked = shown(recorded, Object.fromEntries(changed)) as AnySettingValues;
  const kept = Object.entries(masked).filter(([name, value]) => read[name] === value);
  if (kept.length < changed.length) notes.add('Settings that hold telephone numbers are left out: they are as declared here.');
  return kept.length === 0 ? {} : { settings: Object.fromEntries(kept) };
}

/** A value as a test may show it: telephone numbers are masked unless they may be seen. */
export function shown({ showNumbers }: Pick<Recorded, 'showNumbers'>, value: unknown): unknown {
  return showNumbers ? value : maskWebhook(value, { digits: 'keep', numbers: 'mask' });
}
