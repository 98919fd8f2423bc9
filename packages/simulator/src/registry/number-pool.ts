import { SimulatorOptionError } from '../errors/simulator-option-error.ts';
import type { NumberStatus, PooledNumber } from '../wire/number-event.ts';
import { isE164, sameNumber } from '../wire/numbers.ts';

/** A virtual number of the subaccount. */
export interface VirtualNumber {
  /** E.164. */
  readonly number: string;
  /** What webhooks give as `sourceRefId` and `destinationRefId`. @default none */
  readonly referenceId?: string;
  /** @default 'Active' */
  readonly status?: NumberStatus;
}

/** The virtual numbers of the subaccount. Without a list every number belongs to it. */
export class NumberPool {
  readonly #numbers: PooledNumber[] | null;

  constructor(numbers: readonly (string | VirtualNumber)[] | null, now: number) {
    this.#numbers = numbers === null ? null : numbers.map((entry, index) => read(entry, index, now));
  }

  /** The numbers, or none where no list was given. */
  get all(): readonly PooledNumber[] {
    return this.#numbers ?? [];
  }

  /** Whether a callflow may name `number` as its source. */
  allows(number: string): boolean {
    return this.#numbers === null || this.find(number) !== null;
  }

  find(number: string): PooledNumber | null {
    return this.#numbers?.find((pooled) => sameNumber(pooled.number, number)) ?? null;
  }

  referenceOf(number: string | null): string | undefined {
    return number === null ? undefined : this.find(number)?.referenceId;
  }

  /** Changes the status of a number and gives the number back. */
  update(number: string, status: NumberStatus, now: number): PooledNumber {
    const pooled = this.find(number);
    if (pooled === null)
      throw new SimulatorOptionError('numbers', 'the number to update is not in the list that the platform was made with.');
    pooled.status = status;
    pooled.updatedAt = now;
    return pooled;
  }
}

function read(entry: string | VirtualNumber, index: number, now: number): PooledNumber {
  const { number, referenceId, status = 'Active' }: VirtualNumber = typeof entry === 'string' ? { number: entry } : entry;
  if (isE164(number)) return { number, referenceId, status, updatedAt: now };
  throw new SimulatorOptionError(
    `numbers[${index}]`,
    'is not a number in E.164 format: a "+" or none, the country code, the subscriber number.',
  );
}
