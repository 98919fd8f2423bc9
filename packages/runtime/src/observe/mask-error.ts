import { maskText } from './mask-text.ts';

/** What of an error is logged. */
export interface LoggedError {
  /** Name of the class. */
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: LoggedError | string;
  readonly errors?: readonly (LoggedError | string)[];
}

const DEEPEST = 4;
const MOST_ERRORS = 5;
/** A line of a stack that says where, as opposed to a line of the message. */
const FRAME = /^\s{4}at .*(?::\d+:\d+|<anonymous>|native)\)?$/;

/**
 * An error, fit to be logged. An author's error may quote what a caller pressed ("no customer …"), so each run of three digits or more in a message is masked,
 * except in those that the operating system made (ports and addresses). Places in the stack stay.
 */
export function maskError(error: Error, depth = 0): LoggedError {
  const { code, syscall, cause, errors } = error as Error & Partial<Record<'code' | 'syscall' | 'cause' | 'errors', unknown>>;
  const mask = (text: string): string => (typeof syscall === 'string' ? maskText(text, 'numbers', 'keep') : maskText(text, 'strict'));
  return {
    type: mask(String(error.name)),
    message: mask(String(error.message)),
    ...(typeof code === 'string' ? { code: mask(code) } : {}),
    ...(typeof error.stack === 'string' ? { stack: maskStack(error.stack, mask) } : {}),
    ...(cause !== undefined && depth < DEEPEST ? { cause: maskCause(cause, depth) } : {}),
    ...(Array.isArray(errors) && depth < DEEPEST ? { errors: errors.slice(0, MOST_ERRORS).map((inner) => maskCause(inner, depth)) } : {}),
  };
}

function maskCause(cause: unknown, depth: number): LoggedError | string {
  if (cause instanceof Error) return maskError(cause, depth + 1);
  return typeof cause === 'string' ? maskText(cause, 'strict') : `[${typeof cause}]`;
}

function maskStack(stack: string, mask: (text: string) => string): string {
  return stack
    .split('\n')
    .map((line) => (FRAME.test(line) ? line : mask(line)))
    .join('\n');
}
