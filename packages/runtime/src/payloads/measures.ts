import { asNumber, asText } from './fields.ts';

/** Seconds, not negative. */
export function readSeconds(value: unknown): number | null {
  const seconds = asNumber(value);
  return seconds !== null && seconds >= 0 ? seconds : null;
}

/** A SIP code, also with its phrase ("486 Busy Here"). */
export function readSipCode(value: unknown): number | null {
  const code = /^([1-6]\d{2})(?!\d)/.exec(asText(value) ?? '');
  return code === null ? null : Number(code[1]);
}
