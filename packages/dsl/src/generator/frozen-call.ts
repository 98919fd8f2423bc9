import type { Call } from '../flow/call.ts';
import { copyJson } from './json.ts';

const frozen = new WeakMap<Call, Call>();

/** The call as its flow sees it: frozen all through, so that nothing that a flow does to it can be there on one run and gone on the next. */
export function frozenCall(call: Call): Call {
  let known = frozen.get(call);
  if (known === undefined) {
    known = Object.freeze({ ...call, params: freezeAll(copyJson(call.params)) as Call['params'] });
    frozen.set(call, known);
    frozen.set(known, known);
  }
  return known;
}

function freezeAll(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const item of Object.values(value)) freezeAll(item);
  return Object.freeze(value);
}
