import type * as Simulator from '@hookswitch/simulator';
import { SimulatorMissingError } from '../../errors/simulator-missing-error.ts';

/** The platform simulator, an optional package. Throws `SimulatorMissingError`. */
export async function loadSimulator(command: string): Promise<typeof Simulator> {
  try {
    return await import('@hookswitch/simulator');
  } catch (error) {
    const code = (error as { readonly code?: unknown } | null)?.code;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') throw new SimulatorMissingError(command, error);
    throw error;
  }
}
