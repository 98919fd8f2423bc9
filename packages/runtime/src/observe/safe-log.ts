import { hideCredentials } from './hide-credentials.ts';
import { type LineStream, standardLines } from './log-output.ts';

/** A log that is never in the way of calls. */
export interface SafeLog {
  /** Never throws, never waits. */
  write(line: string): void;
  /** Lines that could not be written so far. */
  readonly dropped: () => number;
}

/** Characters of lines that wait for a reader who is slow; what comes then is dropped. */
const MAX_WAITING_BYTES = 1024 * 1024;

/** Streams whose errors are heard already. */
const heard = new WeakSet<object>();

/**
 * Writes lines to `stream` as long as it takes them, without credentials of URLs. A line that can't be written, because the disk is full, or the reader slow or gone, is dropped and counted;
 * `tell` is given one line about the first. @default `tell` writes to the standard error
 */
export function safeLog(stream: LineStream, tell: (line: string) => void = tellOnStandardError): SafeLog {
  let dropped = 0;
  const drop = (why: string): void => {
    if (dropped++ === 0)
      tell(
        `hookswitch: the log can't be written: ${why}. Calls go on; lines that can't be written are dropped, and counted in /metrics as hookswitch_dropped_log_lines_total.\n`,
      );
  };
  const settle = (error?: Error | null): void => {
    if (error !== undefined && error !== null) drop(reasonOf(error));
  };
  listen(stream);
  return {
    write(line) {
      if ((stream.writableLength ?? 0) > MAX_WAITING_BYTES) return drop('its reader is slow, or does not read at all');
      try {
        stream.write(hideCredentials(line), settle);
      } catch (error) {
        drop(reasonOf(error));
      }
    },
    dropped: () => dropped,
  };
}

/** A stream that fails without a listener ends the process. */
function listen(stream: LineStream): void {
  if (!('on' in stream) || typeof stream.on !== 'function' || heard.has(stream)) return;
  heard.add(stream);
  stream.on('error', () => undefined);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EPIPE: 'whoever read it is gone',
  ERR_STREAM_DESTROYED: 'whoever read it is gone',
};

function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const reason = REASONS[code];
  if (reason !== undefined) return `${reason} (${code})`;
  return code === '' ? 'the stream that it goes to has failed' : code;
}

function tellOnStandardError(line: string): void {
  standardLines(2).write(line);
}
