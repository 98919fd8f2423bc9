import { stepFailure } from '@hookswitch/dsl';
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
const MAX_ERRORS = 5;
const MAX_STACK_LENGTH = 20_000;
/** A line of a stack that says where, as opposed to a line of the message. */
const FRAME = /^\s{4}at .*(?::\d+:\d+|<anonymous>|native)\)?$/;

/**
 * An error, fit to be logged; never throws, whatever it is. An author's error may quote what a caller pressed ("no customer …"), so each run of three digits or more
 * in a message is masked, except in those that the operating system made (ports and addresses). Places in the stack stay.
 */
export function maskError(error: Error, depth = 0): LoggedError {
  const [code, syscall, cause, errors, stack] = ['code', 'syscall', 'cause', 'errors', 'stack'].map((key) => readField(error, key));
  const { name, message } = stepFailure(error);
  const mask = (text: string): string => (typeof syscall === 'string' ? maskText(text, 'numbers', 'keep') : maskText(text, 'strict'));
  return {
    type: mask(name),
    message: mask(message),
    ...(typeof code === 'string' ? { code: mask(code) } : {}),
    ...(typeof stack === 'string' ? { stack: maskStack(stack.slice(0, MAX_STACK_LENGTH), mask) } : {}),
    ...(cause !== undefined && depth < DEEPEST ? { cause: maskCause(cause, depth) } : {}),
    ...(Array.isArray(errors) && depth < DEEPEST ? { errors: errors.slice(0, MAX_ERRORS).map((inner) => maskCause(inner, depth)) } : {}),
  };
}

/** Whether a value is an error; never throws. */
export function isError(value: unknown): value is Error {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}

/** A field of an error as it is; undefined where it can't be read. */
export function readField(error: Error, key: string): unknown {
  try {
    return (error as unknown as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

function maskCause(cause: unknown, depth: number): LoggedError | string {
  if (isError(cause)) return maskError(cause, depth + 1);
  return typeof cause === 'string' ? maskText(cause, 'strict') : `[${typeof cause}]`;
}

function maskStack(stack: string, mask: (text: string) => string): string {
  return stack
    .split('\n')
    .map((line) => (FRAME.test(line) ? line : mask(line)))
    .join('\n');
}
