import { countryOf, writeNumber } from './numbers.ts';
import { envelope, isoMs, writeFields } from './payload.ts';
import type { WireBehaviour } from './wire-behaviour.ts';

/** How a virtual number is doing. */
export type NumberStatus = 'Active' | 'Unhealthy' | 'Expiring' | 'Inactive';

/** One virtual number as the platform keeps it. */
export interface PooledNumber {
  /** E.164. */
  readonly number: string;
  readonly referenceId: string | undefined;
  status: NumberStatus;
  updatedAt: number;
}

/** The fields that the REST API and the VNU webhook have in common. */
export function numberFields(pooled: PooledNumber): Record<string, unknown> {
  return {
    msisdn: writeNumber(pooled.number, 'plus'),
    countryCode: countryOf(pooled.number) ?? undefined,
    operationalStatus: pooled.status,
    referenceId: pooled.referenceId,
    rentalPrice: 5,
    incomingRate: 0.05,
    billingUnit: 1,
    billingCurrency: 'USD',
    numberHealthCheckEnabled: false,
  };
}

/** The body of a VNU: the whole pool (`SNAPSHOT`), or with the numbers that changed marked (`UPDATES`). */
export function writeNumberEvent(
  subAccountId: string,
  numbers: readonly PooledNumber[],
  updated: readonly PooledNumber[],
  wire: WireBehaviour,
): string {
  const payload = writeFields(
    {
      subAccountId,
      totalNumbers: numbers.length,
      updateEventType: updated.length === 0 ? 'SNAPSHOT' : 'UPDATES',
      virtualNumbers: numbers.map((pooled) => ({
        ...numberFields(pooled),
        updatedTimestamp: isoMs(pooled.updatedAt),
        updateStatus: updated.includes(pooled) ? 'UPDATED' : 'NO_CHANGE',
      })),
    },
    wire,
  );
  return envelope('VIRTUAL_NUMBER_UPDATE', 'Status of account virtual number(s) updated', payload, wire);
}
