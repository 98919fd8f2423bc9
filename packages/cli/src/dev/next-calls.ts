/**
 * What calls of the phone are told in place of what is so: another time, and other settings. It is said for the next call to a number; the time goes on from there. The
 * call's id says it, so that the process which serves the next version of the flows knows it, too.
 */
import { randomUUID } from 'node:crypto';
import type { AnySettingValues } from '@hookswitch/dsl';
import type { Rehearsal } from '@hookswitch/runtime';
import type { CallSettings, NextCall } from './messages.ts';

/** Sessions that are remembered as begun: a key of one must not take what is meant for the next. */
const MAX_SESSIONS = 1_000;
const SHIFTED = /\.t(-?\d{1,15})$/;
const SET = /\.s([0-9a-f]{8})(?:\.|$)/;

export class NextCalls implements Rehearsal {
  /** By the number that is called; `shift` is the milliseconds between the time that is told and the real one. */
  readonly #next = new Map<string, { readonly shift: number | null; readonly settings: string | null }>();
  readonly #settings = new Map<string, AnySettingValues>();
  readonly #begun = new Set<string>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** What the next call to `to` is told from its beginning. */
  set(to: string, { at, settings }: NextCall): void {
    if (settings !== null) this.remember(settings);
    if (at === null && settings === null) this.#next.delete(bare(to));
    else this.#next.set(bare(to), { shift: at === null ? null : Math.round(at - this.#now()), settings: settings?.key ?? null });
  }

  /** What a call reads of settings whose id says `key`. */
  remember({ key, values }: CallSettings): void {
    this.#settings.set(key, values);
  }

  callId({ sessionId, to }: { readonly sessionId: string | null; readonly to: string }): string {
    const told = sessionId !== null && this.#begun.has(sessionId) ? undefined : this.#next.get(bare(to));
    if (sessionId !== null && this.#begun.size < MAX_SESSIONS) this.#begun.add(sessionId);
    if (told === undefined) return randomUUID();
    this.#next.delete(bare(to));
    const { settings, shift } = told;
    return `${randomUUID()}${settings === null ? '' : `.s${settings}`}${shift === null ? '' : `.t${shift}`}`;
  }

  timeOf(callId: string): number | null {
    const [, shift] = SHIFTED.exec(callId) ?? [];
    return shift === undefined ? null : this.#now() + Number(shift);
  }

  settingsOf(callId: string): AnySettingValues | null {
    const [, key = ''] = SET.exec(callId) ?? [];
    return this.#settings.get(key) ?? null;
  }

  /** Steps do what they do. */
  outcomeOf(): null {
    return null;
  }
}

/** A number without its plus: webhooks and people write it either way. */
export function bare(number: string): string {
  return number.replace(/^\+/, '');
}
