import { vi } from 'vitest';
import type { Decision, Env, Found } from '../call.ts';
import { DECIDE } from '../decide/decide.ts';
import type { CallInput } from '../input.ts';
import { FIGURES } from './faults.test-support.ts';
import { current } from './process.test-support.ts';

type Decide = (found: Found, input: CallInput, env: Env) => Decision;

/** What is alive, or too large to be looked at. */
const LEFT_OUT: ReadonlySet<string> = new Set(['compiled', 'position', 'effect', 'secrets', 'flows', 'why']);

/** Every decision is made twice, of arguments that can't be changed, and looked at. Ends with the test, as all mocks do. */
export function watchDecisions(): void {
  for (const [kind, decideOne] of Object.entries(DECIDE) as [string, Decide][])
    vi.spyOn(DECIDE as unknown as Record<string, Decide>, kind).mockImplementation((found, input, env) => {
      FIGURES.decisions++;
      const wrong = current()?.world.wrong ?? [];
      [found, input, env].forEach(freeze);
      try {
        const decision = decideOne(found, input, env);
        freeze(decision);
        if (textOf(decideOne(found, input, env)) !== textOf(decision)) wrong.push(`5: ${kind} is decided in two ways`);
        wrong.push(...problemsOf(found, input, decision));
        return decision;
      } catch (error) {
        if (error instanceof TypeError) wrong.push(`5: ${kind} changes its arguments, or fails: ${error.message}`);
        throw error;
      }
    });
}

/** What must hold of each decision by itself. */
function problemsOf({ call }: Found, input: CallInput, { change, orders, reply }: Decision): string[] {
  const wrong: string[] = [];
  if (change?.kind === 'call' && change.commit.call.revision !== (call?.record.revision ?? 0) + 1) wrong.push('4: a revision jumps');
  if (orders.some(({ kind }) => kind === 'post') && change === null) wrong.push('9: a post is ordered without a change');
  if (input.kind !== 'step-settled' || change?.kind !== 'call' || call === null) return wrong;
  const { journal = [], turn } = change.commit;
  if (!journal.some(({ index }) => index >= input.index)) wrong.push('2: a step is settled without its entry');
  const isWaiting = input.asked?.turn === call.record.turn + 1;
  const isAnswered = reply?.kind === 'answer' && turn?.answer === reply.body && turn.turn === input.asked?.turn;
  const { position, state } = change.call;
  if (isWaiting && position.wait !== 'step' && state.summary === null && !isAnswered)
    wrong.push('2: the turn that waited for a step is not answered with its outcome');
  return wrong;
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null && !Array.isArray(value)) return;
  Object.freeze(value);
  for (const [name, inner] of Object.entries(value)) if (!LEFT_OUT.has(name)) freeze(inner);
}

/** A decision as text, to compare two of them: without what is alive in it. */
function textOf(decision: Decision): string {
  return JSON.stringify(decision, (key, value: unknown) => {
    if (key === 'compiled' || key === 'position' || key === 'effect') return undefined;
    return value instanceof Error ? value.message : value;
  });
}
