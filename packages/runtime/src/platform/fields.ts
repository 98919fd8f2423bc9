/** A JSON object as it came. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Tells a JSON object from any other JSON value. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first of `names` that is there and not null: exact spelling first, then in any case (8x8 writes `sessionid` in places). */
export function field(object: JsonObject, ...names: readonly string[]): unknown {
  for (const name of names) {
    if (Object.hasOwn(object, name) && object[name] !== null) return object[name];
  }
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const key = Object.keys(object).find((candidate) => wanted.has(candidate.toLowerCase()) && object[candidate] !== null);
  return key === undefined ? undefined : object[key];
}

/** A text; a number is written out. Null where there is none, or an empty one. */
export function textField(object: JsonObject, ...names: readonly string[]): string | null {
  const value = field(object, ...names);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A number, also where it is written as text. Null where there is none. */
export function numberField(object: JsonObject, ...names: readonly string[]): number | null {
  const value = field(object, ...names);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** True or false, also where it is written as text. Null where there is neither. */
export function booleanField(object: JsonObject, ...names: readonly string[]): boolean | null {
  const value = field(object, ...names);
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  const text = value.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : null;
}

/** `object` without the fields called `names`, in any case. */
export function without(object: JsonObject, ...names: readonly string[]): JsonObject {
  const unwanted = new Set(names.map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(object).filter(([key]) => !unwanted.has(key.toLowerCase())));
}
