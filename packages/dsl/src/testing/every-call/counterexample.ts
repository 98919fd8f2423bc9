import { isError } from '../../errors/index.ts';
import type { StartCallOptions } from '../call-options.ts';
import { SentenceBrokenError } from '../errors/sentence-broken-error.ts';
import { testSource } from '../test-script/test-source.ts';
import type { PlayedCall } from './play-choices.ts';

/** A call that breaks the rule, and what is known of it. */
export interface Counterexample {
  readonly flow: string;
  readonly start: StartCallOptions<unknown>;
  readonly played: PlayedCall;
  readonly cause: unknown;
  readonly seed: number;
  readonly path: string;
  /** How many calls were made until then, and how often it was made shorter. */
  readonly calls: number;
  readonly shrinks: number;
}

/** The error of a call that breaks the rule: why, the keys, the conversation, how to make it again, and a test that makes it. */
export function sentenceBroken({ flow, start, played, cause, seed, path, calls, shrinks }: Counterexample): SentenceBrokenError {
  const why = isError(cause) ? cause.message.trimEnd() : String(cause);
  const test = testOf(flow, start, played, why);
  const keys = played.deeds.length === 0 ? 'none; the call is over by itself' : played.deeds.join(' → ');
  const made = `${calls === 1 ? 'The first call' : `Call ${calls}`} of flow "${flow}" breaks the rule${shrinks === 0 ? '' : `; this is the shortest found, after ${shrinks} ${shrinks === 1 ? 'step' : 'steps'}`}.`;
  const message = [
    `forEveryCall: ${made}`,
    '',
    why,
    '',
    `Keys: ${keys}`,
    '',
    // The flow's own errors show the conversation by themselves.
    ...(why.includes(played.call.transcript) ? [] : [played.call.transcript, '']),
    `To make this call again: forEveryCall(…, …, { seed: ${seed}, path: '${path}', endOnFailure: true })`,
    '',
    'As a test:',
    '',
    test,
  ].join('\n');
  return new SentenceBrokenError(message, { replay: { seed, path }, test, cause });
}

function testOf(flow: string, start: StartCallOptions<unknown>, { trouble, lines, deeds, uses }: PlayedCall, why: string): string {
  const [first = ''] = why.split('\n');
  const note = trouble === null ? `Here the rule is broken: ${first}` : `This fails: ${first}`;
  const options = Object.fromEntries(
    Object.entries(start).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  );
  return testSource({
    flow,
    module: `${flow}.ts`,
    options,
    steps: uses,
    failsAtOnce: null,
    lines: [...lines, `// ${note}`, ...(trouble === null ? ['// expect(call)…'] : [])],
    deeds,
    notes: [],
  });
}
