import { PlatformArgumentError } from '../errors/index.ts';
import { booleanField, field, isJsonObject, type JsonObject, numberField, textField } from './fields.ts';
import { repeatable, type Target } from './repeatable.ts';
import type { Operation, RequestOptions, Send } from './send.ts';

/** How a virtual number fares, where 8x8 checks it. */
export interface NumberHealth {
  readonly isHealthy: boolean | null;
  readonly status: string | null;
  /** ISO 8601. */
  readonly lastCheckedTime: string | null;
  readonly [field: string]: unknown;
}

/** A virtual number of the subaccount. Fields that are not listed (prices, dates, …) are kept as they came. */
export interface VirtualNumber {
  /** E.164, with or without `+`, as it came. */
  readonly msisdn: string;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string | null;
  /** `Active`, `Unhealthy`, `Expiring` or `Inactive`. */
  readonly operationalStatus: string | null;
  readonly numberType: string | null;
  /** Name of the range that the number belongs to. */
  readonly referenceId: string | null;
  readonly numberHealthCheckEnabled: boolean | null;
  readonly numberHealth: NumberHealth | null;
  readonly [field: string]: unknown;
}

/** The virtual numbers of the subaccount. */
export interface NumberList {
  readonly numbers: readonly VirtualNumber[];
  /** How many there are. */
  readonly totalNumbers: number;
  /** ISO 8601, where 8x8 says it. */
  readonly lastUpdatedAt: string | null;
}

/** Virtual numbers and their health. */
export interface NumbersApi {
  list(options?: RequestOptions): Promise<NumberList>;
  /** One number with or without `+`, of 7 to 10 digits: 8x8's OpenAPI takes no longer ones here, `list` has them all. One that the subaccount does not have: `PlatformRejectedError` with `httpStatus` 404. */
  get(number: string, options?: RequestOptions): Promise<VirtualNumber>;
}

/** Makes the `numbers` part of the client. */
export function createNumbers(send: Send, target: Target): NumbersApi {
  return {
    async list(options) {
      const operation: Operation = { name: 'GET numbers', method: 'GET', path: 'numbers' };
      const judge = repeatable<NumberList>(target, operation, ({ body }, malformed) => {
        const envelope = isJsonObject(body) ? body : {};
        const rows = Array.isArray(body) ? body : field(envelope, 'numbers', 'virtualNumbers');
        if (!Array.isArray(rows)) throw malformed('$.numbers', 'must be a list.');
        const numbers = rows.map((row: unknown, index) => {
          const number = isJsonObject(row) ? readNumber(row) : null;
          if (number === null) throw malformed(`$.numbers[${index}].msisdn`, 'is missing.');
          return number;
        });
        return {
          numbers,
          totalNumbers: numberField(envelope, 'totalNumbers') ?? numbers.length,
          lastUpdatedAt: textField(envelope, 'lastUpdatedAt'),
        };
      });
      return send(operation, judge, options);
    },
    async get(number, options) {
      if (typeof number !== 'string' || !/^\+?\d{7,10}$/.test(number)) {
        throw new PlatformArgumentError(
          'numbers.get.number',
          'must be a phone number of 7 to 10 digits, an optional + in front: 8x8 takes no others here. numbers.list has all numbers.',
        );
      }
      // The path takes the digits alone.
      const operation: Operation = { name: 'GET numbers/{number}', method: 'GET', path: `numbers/${number.replace('+', '')}` };
      const judge = repeatable<VirtualNumber>(target, operation, ({ body }, malformed) => {
        const envelope = isJsonObject(body) ? body : {};
        const payload = field(envelope, 'payload');
        const found = readNumber(isJsonObject(payload) ? payload : envelope);
        if (found === null) throw malformed('$.payload.msisdn', 'is missing.');
        return found;
      });
      return send(operation, judge, options);
    },
  };
}

function readNumber(row: JsonObject): VirtualNumber | null {
  const msisdn = textField(row, 'msisdn');
  if (msisdn === null) return null;
  const health = field(row, 'numberHealth');
  return {
    ...row,
    msisdn,
    countryCode: textField(row, 'countryCode'),
    operationalStatus: textField(row, 'operationalStatus'),
    numberType: textField(row, 'numberType'),
    referenceId: textField(row, 'referenceId'),
    numberHealthCheckEnabled: booleanField(row, 'numberHealthCheckEnabled'),
    numberHealth: isJsonObject(health)
      ? {
          ...health,
          isHealthy: booleanField(health, 'isHealthy'),
          status: textField(health, 'status'),
          lastCheckedTime: textField(health, 'lastCheckedTime'),
        }
      : null,
  };
}
