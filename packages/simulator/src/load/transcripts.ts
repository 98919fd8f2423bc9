import type { CallRecord } from './load-options.ts';

/**
 * An expectation for `runLoad`: each call must hear what the call of the same place heard in `reference`, such as the transcripts of an undisturbed run.
 * Only the words count, not how they are spread over prompts; a call that chaos cut short must have heard the beginning.
 */
export function sameAs(reference: readonly (readonly string[])[]): (call: CallRecord) => string | null {
  return (call) => {
    const expected = reference[call.index];
    if (expected === undefined) return 'There is no transcript to compare this call with.';
    return differenceOf(call.heard, expected, call.end.cutBy !== null);
  };
}

/** Where two transcripts part, in words, or null where they don't. `mayStop`: `heard` may be the beginning of `expected`. */
export function differenceOf(heard: readonly string[], expected: readonly string[], mayStop = false): string | null {
  const got = words(heard);
  const wanted = words(expected);
  const length = mayStop ? Math.min(got.length, wanted.length) : Math.max(got.length, wanted.length);
  for (let index = 0; index < length; index++) {
    if (got[index] === wanted[index]) continue;
    return `The caller should have heard "${around(wanted, index)}", but heard "${around(got, index)}".`;
  }
  return got.length <= wanted.length ? null : `The caller heard more than it should have: "${around(got, wanted.length)}".`;
}

function words(texts: readonly string[]): readonly string[] {
  return texts.join(' ').split(/\s+/u).filter(Boolean);
}

function around(list: readonly string[], index: number): string {
  const from = Math.max(0, index - 4);
  const to = Math.min(list.length, index + 8);
  return `${from > 0 ? '… ' : ''}${list.slice(from, to).join(' ')}${index >= list.length ? ' (the end)' : to < list.length ? ' …' : ''}`;
}
