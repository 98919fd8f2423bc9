import { asJsonObject, country, type FieldReader, isJsonObject, type JsonObject, readFields, readNumber, readTime } from './values.ts';
import type { NumberWebhook, UpdatedNumber } from './webhook.ts';

/** What a number update says besides its subaccount. A payload without a list that speaks of one number is a list of one. */
export function readNumberUpdate(fields: FieldReader): Omit<NumberWebhook, 'kind' | 'eventType' | 'raw' | 'subAccountId'> {
  const listed = listOf(fields.value('virtualNumbers', 'numbers'));
  const single = listed === null ? readUpdatedNumber(fields) : null;
  const virtualNumbers = listed?.map((row) => readUpdatedNumber(readFields(row))).filter((row) => row !== null);
  return {
    updateEventType: fields.word('updateEventType'),
    totalNumbers: fields.number('totalNumbers'),
    virtualNumbers: virtualNumbers ?? (single === null ? [] : [single]),
  };
}

/** The rows of a list, also of one that is written as JSON text, or of a single row; null where there is none. */
function listOf(value: unknown): readonly JsonObject[] | null {
  if (Array.isArray(value)) return value.filter(isJsonObject);
  if (typeof value === 'string' && /^\s*\[/.test(value)) {
    try {
      return listOf(JSON.parse(value) as unknown);
    } catch {
      return null;
    }
  }
  const single = asJsonObject(value);
  return single === null ? null : [single];
}

/** Null for a row that names no number. */
function readUpdatedNumber(fields: FieldReader): UpdatedNumber | null {
  const msisdn = readNumber(fields.value('msisdn', 'virtualNumber', 'phoneNumber', 'number'));
  if (msisdn === null) return null;
  return {
    msisdn,
    operationalStatus: fields.text('operationalStatus') ?? fields.text('status'),
    updateStatus: fields.word('updateStatus'),
    updatedAt: readTime(fields.value('updatedTimestamp', 'updatedAt', 'timestamp')),
    countryCode: country(fields.text('countryCode')),
    referenceId: fields.text('referenceId'),
    rentalPrice: fields.number('rentalPrice'),
    incomingRate: fields.number('incomingRate'),
    billingUnit: fields.number('billingUnit'),
    billingCurrency: fields.text('billingCurrency'),
    numberHealthCheckEnabled: readFlag(fields.value('numberHealthCheckEnabled')),
  };
}

function readFlag(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : null;
}
