/** Tells an error of any realm: a test runner or a `vm` context has classes of its own, which `instanceof` does not know. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}
