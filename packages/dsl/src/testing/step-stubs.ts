import { nearMiss } from '../callflow/near-miss.ts';
import type { Step, StepContext } from '../effects/step.ts';
import { isError } from '../errors/index.ts';
import type { Call } from '../flow/call.ts';
import { throughJson } from '../generator/json.ts';
import { stepFailure, type StepOutcome } from '../generator/perform-step.ts';
import { StepStubError } from './errors/step-stub-error.ts';

/** What a step's stub is called with. */
export interface StubContext extends StepContext {
  readonly call: Call;
  /** The caller hangs up while this step runs: `signal` aborts, the step's outcome is kept, and the flow ends at its next yield. */
  hangUp(): void;
}

const IN_TURN = Symbol('in turn');

/** Results of a step that runs several times; see `inTurn`. */
export interface InTurn {
  readonly [IN_TURN]: readonly StepStub[];
}

/** What stands in for a step: a function of its context, an `Error` with which it fails, results `inTurn(…)`, or any other value as the result of each run. */
export type StepStub = ((context: StubContext) => unknown) | InTurn | Error | string | number | boolean | null | undefined | object;

/** One stub for each run of a step, in order: `inTurn(null, { name: 'Ann' }, new Error('down'))`. A run more is an error. */
export function inTurn(...stubs: readonly StepStub[]): InTurn {
  return Object.freeze({ [IN_TURN]: stubs });
}

/** Performs the steps of one test call. */
export interface StepDesk {
  /** Says how the step ends, or null where the call stops at it. */
  perform(effect: Step<unknown>, context: StubContext, transcript: string): Promise<StepOutcome | null>;
}

/** A desk that answers each step by the stub of its name. */
export function stubDesk(flow: string, stubs: Readonly<Record<string, StepStub>>): StepDesk {
  const runs = new Map<string, number>();

  return {
    async perform({ name }, context, transcript) {
      if (!Object.hasOwn(stubs, name)) throw new StepStubError(name, unstubbed(flow, name, Object.keys(stubs)), transcript);
      const run = runs.get(name) ?? 0;
      runs.set(name, run + 1);
      const given = stubs[name];
      const stub = isInTurn(given) ? nth(given[IN_TURN], run, name, transcript) : given;
      let value: unknown;
      try {
        if (isError(stub)) throw stub;
        value = typeof stub === 'function' ? await (stub as (context: StubContext) => unknown)(context) : stub;
      } catch (error) {
        return { ok: false, error: stepFailure(error) };
      }
      // Outside of `try`: a stub that no step could stand for is the test's mistake, not the step's failure.
      return { ok: true, value: throughJson(value, name) };
    },
  };
}

function isInTurn(stub: StepStub): stub is InTurn {
  return typeof stub === 'object' && stub !== null && IN_TURN in stub;
}

function nth(stubs: readonly StepStub[], run: number, name: string, transcript: string): StepStub {
  if (run < stubs.length) return stubs[run];
  const message = `Step "${name}" ran a ${ordinal(run + 1)} time, but inTurn(…) has ${stubs.length === 1 ? 'one result' : `${stubs.length} results`} for it. Add one.`;
  throw new StepStubError(name, message, transcript);
}

function unstubbed(flow: string, name: string, known: readonly string[]): string {
  const have = known.length === 0 ? 'No step is stubbed.' : `Stubbed are: ${known.map((stub) => `"${stub}"`).join(', ')}.`;
  const near = nearMiss(name, known);
  const misspelt = near === null ? '' : ` Is "${near}" meant for it?`;
  return (
    `Flow "${flow}" runs the step "${name}", which is not stubbed. ${have}${misspelt} ` +
    `Give its result: startCall(flow, { steps: { '${name}': () => … } }).`
  );
}

function ordinal(count: number): string {
  const words = ['', 'first', 'second', 'third', 'fourth', 'fifth'];
  return words[count] ?? `${count}th`;
}
