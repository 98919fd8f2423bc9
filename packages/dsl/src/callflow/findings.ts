import { cutText } from './cut-text.ts';
import type { Via } from './rule.ts';
import type { CallflowRuleCode } from './rules.ts';
import { type Violation, violation } from './violation.ts';

const MOST = 1000;
const NONE: readonly Violation[] = Object.freeze([]);
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** Collects the violations of one callflow. */
export class Findings {
  readonly via: Via;
  /** The time at which the callflow is sent, where the caller gave it. */
  readonly now: number | null;
  #list: Violation[] | null = null;

  constructor(via: Via, now: number | null) {
    this.via = via;
    this.now = now;
  }

  get list(): readonly Violation[] {
    return this.#list ?? NONE;
  }

  /** True when no more violations are taken: the rest of a hostile value is not worth reading. */
  get full(): boolean {
    return this.#list !== null && this.#list.length >= MOST;
  }

  add(code: CallflowRuleCode, path: string, came: string, hint = ''): void {
    if (!this.full) (this.#list ??= []).push(violation(code, path, came, hint));
  }
}

/** What `object` itself holds under `key`, as JSON sees it: what its prototype holds does not count. */
export function own(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? (object as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** The JSON path of a key that nobody knows: cut to 40 characters, and its digits masked, for it may be a phone number. */
export function keyPath(parent: string, key: string): string {
  const shown = cutText(key, 40).replace(/\d{3,}/g, '…');
  return IDENTIFIER.test(shown) ? `${parent}.${shown}` : `${parent}[${JSON.stringify(shown)}]`;
}
