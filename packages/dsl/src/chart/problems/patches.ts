/** A property that is another one for a while. */
export interface Patch {
  readonly on: object;
  readonly key: PropertyKey;
  readonly value?: unknown;
  readonly get?: (this: never) => unknown;
}

/** Runs `task`, which must be synchronous, while properties are others. They are put back whatever happens; what a host has frozen stays as it is. */
export function withPatches<R>(patches: readonly Patch[], task: () => R): R {
  const undo: (() => void)[] = [];
  try {
    for (const { on, key, value, get } of patches) {
      const before = Object.getOwnPropertyDescriptor(on, key);
      const now: PropertyDescriptor = get === undefined ? { value, writable: true } : { get: get as () => unknown };
      if (!Reflect.defineProperty(on, key, { ...now, configurable: true, enumerable: before?.enumerable ?? false })) continue;
      undo.push(() => {
        if (before === undefined) Reflect.deleteProperty(on, key);
        else Reflect.defineProperty(on, key, before);
      });
    }
    return task();
  } finally {
    for (const back of undo.toReversed()) back();
  }
}
