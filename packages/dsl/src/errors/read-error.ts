/** What is kept of an error, and shown: texts, whatever was thrown. */
export interface ReadableError {
  /** At most 200 characters. */
  readonly name: string;
  /** At most 10,000 characters. */
  readonly message: string;
}

const MAX_NAME = 200;
const MAX_MESSAGE = 10_000;
/** Stands for what threw when it was read, such as a getter or a proxy. */
const UNREADABLE = Symbol('unreadable');

/**
 * The name and message of whatever was thrown, as texts of a limited length; never throws. Anybody may throw anything: a message may be a BigInt, a symbol or a
 * circular object, its getter may throw, and so may each trap of a proxy.
 */
export function readError(thrown: unknown): ReadableError {
  if (typeof thrown === 'string') return { name: 'Error', message: cut(thrown, MAX_MESSAGE) };
  if ((typeof thrown !== 'object' && typeof thrown !== 'function') || thrown === null)
    return { name: 'Error', message: `a thrown ${typeof thrown}` };
  const message = read(thrown, 'message');
  const name = textOf(read(thrown, 'name'));
  return {
    // The name of a function is no error's.
    name: typeof thrown === 'function' || name === null || name === '' ? 'Error' : cut(name, MAX_NAME),
    message: cut(messageText(thrown, message), MAX_MESSAGE),
  };
}

/** Whether an error can be read as any other can, so that it may be handed on as it is; never throws. */
export function isReadable(thrown: unknown): boolean {
  // `throw undefined` would look as if nothing had been thrown.
  if (thrown === undefined || thrown === null) return false;
  if (typeof thrown !== 'object' && typeof thrown !== 'function') return true;
  try {
    // What a check of its class does.
    void (thrown instanceof Error);
  } catch {
    return false;
  }
  const stack = read(thrown, 'stack');
  if (thrown instanceof Error && stack !== undefined && typeof stack !== 'string') return false;
  return ['name', 'message', 'stack', 'cause', 'code'].every((key) => read(thrown, key) !== UNREADABLE);
}

function messageText(thrown: object, message: unknown): string {
  if (message === UNREADABLE) return 'an error whose message can not be read';
  if (message === undefined) return `a thrown ${typeof thrown}`;
  return textOf(message) ?? 'an error whose message is no text';
}

/** Null where there is no text that would say anything. */
function textOf(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'symbol':
      return String(value);
    case 'object':
      return value === null ? null : jsonOf(value);
    default:
      return null;
  }
}

function jsonOf(value: object): string | null {
  try {
    return JSON.stringify(value) ?? null;
  } catch {
    return null;
  }
}

function read(thrown: object, key: string): unknown {
  try {
    return (thrown as Record<string, unknown>)[key];
  } catch {
    return UNREADABLE;
  }
}

function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // Half of a pair of surrogates is no character.
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
