/** What of a flow's results may be counted by name: what its own code gives in exploration. Anything else may be of a caller. */
import type { CompiledFlow } from '@hookswitch/dsl';

/** Values of one field, after which it is no field of few values. */
const MAX_VALUES = 12;
const MAX_LENGTH = 60;
/** In place of a field, for a result that is no object. */
const WHOLE = '';

const known = new WeakMap<CompiledFlow, ReadonlyMap<string, ReadonlySet<string>>>();

/** Names of a call's result, e.g. `booked`, or `outcome=booked` for a field of an object: those that exploration has seen; `another result` where there are none. */
export function resultNames(compiled: CompiledFlow, result: unknown): readonly string[] {
  const fields = knownResults(compiled);
  const names = [...fieldsOf(result)].flatMap(([field, value]) =>
    fields.get(field)?.has(value) === true ? [field === WHOLE ? value : `${field}=${value}`] : [],
  );
  return names.length > 0 ? names : ['another result'];
}

function knownResults(compiled: CompiledFlow): ReadonlyMap<string, ReadonlySet<string>> {
  const before = known.get(compiled);
  if (before !== undefined) return before;
  const found = new Map<string, Set<string>>();
  for (const { to, when, witness } of compiled.chart.arrows) {
    if (to !== 'ended' || when === 'ended') continue;
    const { result } = compiled.restore(witness.call, witness.entries, to);
    for (const [field, value] of fieldsOf(result)) found.set(field, (found.get(field) ?? new Set()).add(value));
  }
  for (const [field, values] of found) if (values.size > MAX_VALUES) found.delete(field);
  known.set(compiled, found);
  return found;
}

/** The short texts and booleans of a result. */
function* fieldsOf(result: unknown): Generator<readonly [field: string, value: string]> {
  if (typeof result === 'object' && result !== null && !Array.isArray(result)) {
    for (const [field, value] of Object.entries(result)) if (isName(value) && isName(field)) yield [field, String(value)];
  } else if (isName(result)) yield [WHOLE, String(result)];
}

function isName(value: unknown): boolean {
  return typeof value === 'boolean' || (typeof value === 'string' && value !== '' && value.length <= MAX_LENGTH);
}
