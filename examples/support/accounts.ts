/** A customer's account, as far as callers are told. */
export interface Account {
  readonly number: string;
  readonly name: string;
}

/** What an account owes, in cents, and by when (`2026-01-31`). */
export interface Balance {
  readonly cents: number;
  readonly due: string;
}

const PINS: Readonly<Record<string, string>> = { '12345678': '2468' };
/** Reports of power cuts, by the key that keeps a repeated request from making two of one. */
const reports = new Map<string, string>();

/** The account, where the PIN is right. Stands in for a service of your own. */
export async function findAccount(number: string, pin: string): Promise<Account | null> {
  return PINS[number] === pin ? { number, name: 'Ann' } : null;
}

/** What an account owes. */
export async function balanceOf(_number: string): Promise<Balance> {
  return { cents: 4250, due: '2026-01-31' };
}

/** Takes a report of a power cut, and gives the minutes until power is expected back; null where nobody knows yet. */
export async function reportPowerCut(number: string, idempotencyKey: string): Promise<number | null> {
  reports.set(idempotencyKey, number);
  return 40;
}
