import { argumentProblem, findProblem, type Schema } from '@hookswitch/dsl/options';
import { SimulatorOptionError } from './errors/simulator-option-error.ts';

/** Milliseconds, and other amounts. */
export const AMOUNT = { type: 'number', minimum: 0 } as const;

/** Throws `SimulatorOptionError` unless `value` fits its schema; `path` is what the option is called, empty for the options of a platform. */
export function checkOption(path: string, schema: Schema, value: unknown): void {
  const problem = findProblem(schema, value);
  if (problem !== null) throw new SimulatorOptionError(...argumentProblem(path, problem));
}
