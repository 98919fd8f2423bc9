import { checkCallflow } from '@hookswitch/dsl';
import { optionSet, orNull } from '@hookswitch/dsl/options';
import { PlatformArgumentError } from '../errors/index.ts';
import { checkArgument } from './client-options.ts';
import { field, isJsonObject, textField } from './fields.ts';
import { repeatable, type Target } from './repeatable.ts';
import type { Operation, RequestOptions, Send } from './send.ts';

/** How an export may stand. */
export const LOG_EXPORT_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'empty', 'error'] as const;
export type LogExportStatus = (typeof LOG_EXPORT_STATUSES)[number];

/** Which calls are exported. */
export interface LogExportRange {
  /** From when: a `Date`, or text as 8x8 takes it: a day in UTC (`2030-01-31`), or a time (`2030-01-31T13:00:00`, in UTC, or with `Z` or an offset). @default seven days ago */
  readonly from?: Date | string | null;
  /** Until when, later than `from`. @default today, UTC */
  readonly to?: Date | string | null;
  /** Most records; 0 for all. @default not sent: 8x8's own */
  readonly limit?: number | null;
}

/** What `LogExportRange` holds; what times look like is checked where they are read. */
export const LOG_EXPORT_RANGE = optionSet(
  { from: {}, to: {}, limit: orNull({ type: 'integer', minimum: 0, 'x-form': 'a whole number of records; 0 for all' }) },
  { 'x-form': 'an object with from, to and limit, each of which may be left out' },
);

/** An export as 8x8 has it. */
export interface LogExport {
  readonly jobId: string;
  /** One of `LOG_EXPORT_STATUSES`, or one that 8x8 has added since. */
  readonly status: LogExportStatus | (string & Record<never, never>);
  /** Links to CSV files, once it has succeeded. Whoever has a link can read the file. */
  readonly files: readonly string[];
  /** Until when the links work, ISO 8601; a month, says 8x8. */
  readonly expires: string | null;
}

/** Logs of calls as CSV files, on a host of its own (`exportsUrl`). */
export interface LogExportsApi {
  /** Starts an export, and gives its id at once. Safe to repeat: then there is one export more. */
  start(range?: LogExportRange, options?: RequestOptions): Promise<{ readonly jobId: string }>;
  /** How an export stands. An id that 8x8 doesn't know: `PlatformRejectedError` with `httpStatus` 404. */
  get(jobId: string, options?: RequestOptions): Promise<LogExport>;
  /** Cancels an export. An id that 8x8 doesn't know: `PlatformRejectedError` with `httpStatus` 404. */
  cancel(jobId: string, options?: RequestOptions): Promise<void>;
}

/** Makes the `logExports` part of the client. */
export function createLogExports(send: Send, target: Target): LogExportsApi {
  const path = 'messages/exports';
  return {
    async start(range = {}, options) {
      const operation: Operation = { name: `POST ${path}`, method: 'POST', path, body: readRange(range) };
      const judge = repeatable(target, operation, ({ body }, malformed) => {
        const jobId = isJsonObject(body) ? textField(body, 'jobId') : null;
        if (jobId === null) throw malformed('$.jobId', 'is missing.');
        return { jobId };
      });
      return send(operation, judge, options);
    },
    async get(jobId, options) {
      const operation: Operation = { name: `GET ${path}/{jobId}`, method: 'GET', path: `${path}/${pathOf('get', jobId)}` };
      const judge = repeatable<LogExport>(target, operation, ({ body }, malformed) => {
        const status = isJsonObject(body) ? textField(body, 'status') : null;
        if (!isJsonObject(body) || status === null) throw malformed('$.status', 'is missing.');
        const data = field(body, 'data');
        const files = Array.isArray(data) ? data.filter((link) => typeof link === 'string') : [];
        return { jobId, status: status.toLowerCase(), files, expires: textField(body, 'expires') };
      });
      return send(operation, judge, options);
    },
    async cancel(jobId, options) {
      const operation: Operation = { name: `DELETE ${path}/{jobId}`, method: 'DELETE', path: `${path}/${pathOf('cancel', jobId)}` };
      await send(
        operation,
        repeatable(target, operation, () => null, null),
        options,
      );
    },
  };
}

function pathOf(method: 'get' | 'cancel', jobId: unknown): string {
  if (typeof jobId === 'string' && /^[\w.~-]{1,256}$/.test(jobId) && !/^\.+$/.test(jobId)) return jobId;
  throw new PlatformArgumentError(
    `logExports.${method}.jobId`,
    'must be the id that logExports.start gave: letters, digits, "-", "_", "." and "~".',
  );
}

function readRange(range: LogExportRange): Record<string, unknown> {
  checkArgument('logExports.start', LOG_EXPORT_RANGE, range);
  const { from = null, to = null, limit = null } = range;
  const [start, end] = [readTime('from', from), readTime('to', to)];
  if (start !== null && end !== null && start.at >= end.at)
    throw new PlatformArgumentError('logExports.start.to', 'must be later than from.');
  return {
    ...(start === null ? {} : { from: start.text }),
    ...(end === null ? {} : { to: end.text }),
    ...(limit === null ? {} : { limit }),
  };
}

/** A time as it is sent, and when that is. */
function readTime(argument: 'from' | 'to', given: Date | string | null): { readonly text: string; readonly at: number } | null {
  if (given === null) return null;
  const text = given instanceof Date && !Number.isNaN(given.getTime()) ? given.toISOString().replace(/\.\d{3}Z$/, 'Z') : given;
  const whole = typeof text === 'string' ? text.replace(/^(\d{4}-\d\d-\d\d)$/, '$1T00:00:00').replace(/(T\d\d:\d\d:\d\d)$/, '$1Z') : '';
  // A day that no calendar has is judged where it is known: 8x8 writes times the same everywhere.
  const isOdd = whole === '' || checkCallflow({ validUntil: whole }, { via: 'api' }).some(({ path }) => path === '$.validUntil');
  if (isOdd || typeof text !== 'string') {
    const forms = 'a Date, a day such as "2030-01-31", or a time such as "2030-01-31T13:00:00Z"';
    throw new PlatformArgumentError(`logExports.start.${argument}`, `must be ${forms}, that the calendar has.`);
  }
  return { text, at: Date.parse(whole) };
}
