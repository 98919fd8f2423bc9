import { StoreUnavailableError } from '../errors/store-unavailable-error.ts';
import type { Store } from '../store/store.ts';

/** A store of which some operations do something else. */
export function alteredStore(store: Store, operations: Partial<Store>): Store {
  return new Proxy(store, {
    get: (target, name) => {
      if (name in operations) return operations[name as keyof Store];
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** What a store says that is out of reach; `unknown`: whether it was written, nobody knows. */
export function unreachable(operation: string, outcome: 'unchanged' | 'unknown' = 'unchanged'): StoreUnavailableError {
  return new StoreUnavailableError({ store: 'memory', operation, reason: 'unreachable', outcome, detail: null });
}
