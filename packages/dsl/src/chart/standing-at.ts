import { DivergenceError } from '../errors/index.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import { replay, type Standing } from '../generator/replay.ts';
import type { Witness } from './witness.ts';

/** Goes the way of a witness again; null where the flow does not stand where an answer was given. */
export function standingAt(flow: FlowModule, { call, entries }: Witness, traced = false): Standing | null {
  try {
    return replay(flow, call, entries, traced);
  } catch (error) {
    if (error instanceof DivergenceError) return null;
    throw error;
  }
}
