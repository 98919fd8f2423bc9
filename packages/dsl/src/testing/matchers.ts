/** What the matchers of `@hookswitch/dsl/vitest` decide and say; vitest itself is known only to `vitest.ts`. */
import type { Action } from '../callflow/actions.ts';
import { ignoreRejection, laterKind } from '../callflow/kind-of-value.ts';
import { didYouMean } from '../callflow/near-miss.ts';
import { MatcherError } from './errors/matcher-error.ts';
import { NotAwaitedError } from './errors/not-awaited-error.ts';
import { isTestCall, type TestCall } from './test-call.ts';

/** A part of an action: `{ action: 'say', params: { text: 'Hello.' } }`. Asymmetric matchers such as `expect.stringContaining` may stand in it. */
export interface ActionPart {
  readonly action?: Action['action'];
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Whether all of `part` is in `action`. */
export type IsPart = (action: unknown, part: unknown) => boolean;

/** Whether two values are the same, or an asymmetric matcher takes the first. */
export type Equals = (one: unknown, other: unknown) => boolean;

export interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/** A text that contains the string, or matches the pattern, was heard in the last turn. */
export function toHear(received: unknown, expected: string | RegExp): Verdict {
  const call = callIn('toHear', received);
  const is = hears('toHear', expected);
  const pass = call.heardLast.some(is);
  const earlier = !pass && call.heard.some(is) ? 'It was heard earlier in the call; toHaveHeard looks at all of it.\n' : '';
  const details = `${earlier}${listOf('Heard in the last turn', call.heardLast)}`;
  return verdict(pass, call, 'the caller', `to hear ${shown(expected)} in the last turn`, details);
}

/** A text that contains the string, or matches the pattern, was heard at any time. */
export function toHaveHeard(received: unknown, expected: string | RegExp): Verdict {
  const call = callIn('toHaveHeard', received);
  return verdict(call.heard.some(hears('toHaveHeard', expected)), call, 'the caller', `to have heard ${shown(expected)}`, '');
}

/** The flow waits at that site. */
export function toBeAt(received: unknown, site: string): Verdict {
  const call = callIn('toBeAt', received);
  const known = [...call.knownSites, 'failed', 'closed'];
  const unknown = known.includes(site) ? '' : `Flow "${call.flow}" has no such site. ${siteHint(site, known)}\n`;
  return verdict(call.site === site, call, 'the call', `to be at "${site}"`, `It is at "${call.site}".\n${unknown}`);
}

/** The flow has bridged the caller to that number; `+` makes no difference. */
export function toHaveBridgedTo(received: unknown, number: string): Verdict {
  const call = callIn('toHaveBridgedTo', received);
  const numbers = bridgedTo(call);
  const pass = numbers.some((known) => bare(known) === bare(number));
  return verdict(pass, call, 'the caller', `to have been bridged to ${number}`, listOf('Bridged to', numbers));
}

/** The call is over. */
export function toHaveEnded(received: unknown): Verdict {
  const call = callIn('toHaveEnded', received);
  return verdict(call.ended, call, 'the call', 'to have ended', call.ended ? '' : `The flow waits at "${call.site}".\n`);
}

/** An outbound call was declined, so that it is never placed: by `decline`, for a reason that contains the string or matches the pattern, or as its flow had nothing to say. */
export function toHaveBeenDeclined(received: unknown, reason?: string | RegExp): Verdict {
  const call = callIn('toHaveBeenDeclined', received);
  const why = call.call.direction === 'outbound' ? '' : "It is an inbound call: give startCall direction: 'outbound'.\n";
  if (reason === undefined) return verdict(call.declined, call, 'the flow', 'to have declined to place the call', why);
  const given = call.declineReason;
  const gave = given === null ? 'It has given no reason.\n' : `Its reason: ${JSON.stringify(given)}.\n`;
  const is = hears('toHaveBeenDeclined', reason);
  return verdict(given !== null && is(given), call, 'the flow', `to have declined to place the call: ${shown(reason)}`, `${gave}${why}`);
}

/** These tags were set, and have these values now; others may be there. */
export function toHaveTag(received: unknown, expected: Readonly<Record<string, unknown>>, equals: Equals): Verdict {
  const call = callIn('toHaveTag', received);
  const wanted = typeof expected === 'object' && (expected as unknown) !== null ? Object.entries(expected) : [];
  if (wanted.length === 0) throw new MatcherError('toHaveTag', "expected tags by name, e.g. { reason: 'billing' }; got none.");
  const known = call.knownTags;
  for (const [name] of wanted) {
    if (known.includes(name)) continue;
    const there = known.length === 0 ? 'It has no tags.' : `Its tags: ${known.join(', ')}.`;
    throw new MatcherError('toHaveTag', `flow "${call.flow}" declares no tag ${JSON.stringify(name)}. ${didYouMean(name, known)}${there}`);
  }
  const pass = wanted.every(([name, value]) => Object.hasOwn(call.tags, name) && equals(call.tags[name], value));
  const details = listOf(
    'Tags',
    Object.entries(call.tags).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
  );
  return verdict(pass, call, 'the call', `to have the tags ${JSON.stringify(expected)}`, details);
}

/** The flow has returned that. */
export function toHaveResult(received: unknown, expected: unknown, equals: Equals): Verdict {
  const call = callIn('toHaveResult', received);
  const result: unknown = call.result;
  const has = result === null ? 'It has returned nothing.\n' : `It has returned ${JSON.stringify(result)}.\n`;
  return verdict(equals(result, expected ?? null), call, 'the flow', `to have returned ${JSON.stringify(expected ?? null)}`, has);
}

/** One action like that was sent; or, for a list, one callflow whose actions are like these, all of them and in that order. */
export function toHaveSent(received: unknown, expected: ActionPart | readonly ActionPart[], isPart: IsPart): Verdict {
  const call = callIn('toHaveSent', received);
  if (typeof expected !== 'object' || (expected as unknown) === null) {
    throw new MatcherError('toHaveSent', `expected a part of an action, or a list of parts; got ${typeof expected}.`);
  }
  const list = Array.isArray(expected) ? (expected as readonly ActionPart[]) : null;
  const pass = call.sent.some(({ callflow }) =>
    list === null
      ? callflow.some((action) => isPart(action, expected))
      : callflow.length === list.length && callflow.every((action, index) => isPart(action, list[index])),
  );
  const what = list === null ? 'an action like' : 'a callflow like';
  const sent = listOf(
    'Sent',
    call.sent.map(({ callflow }) => JSON.stringify(callflow)),
  );
  return verdict(pass, call, '8x8', `to have been sent ${what} ${JSON.stringify(expected)}`, sent);
}

function verdict(pass: boolean, call: TestCall, who: string, what: string, details: string): Verdict {
  return { pass, message: () => `expected ${who} ${pass ? `not ${what}` : what}\n${details}\n${call.transcript}\n` };
}

function callIn(matcher: string, received: unknown): TestCall {
  if (isTestCall(received)) {
    // What it would find depends on how far the action has come.
    if (received.pending !== null) throw new NotAwaitedError(`expect(call).${matcher}`, received.pending, received.transcript);
    return received;
  }
  const kind = laterKind(received);
  // Nobody waits for it any more, and what it throws would hide this message.
  if (kind !== null) ignoreRejection(received);
  const promise = kind !== null ? ` ${kind}: write await startCall(…)` : ` a value of type ${received === null ? 'null' : typeof received}`;
  throw new MatcherError(matcher, `expected what startCall resolves to; got${promise}.`);
}

function siteHint(site: string, known: readonly string[]): string {
  if (site === 'ended') return 'For the end of the call use toHaveEnded().';
  return `${didYouMean(site, known)}Its sites: ${known.join(', ')}.`;
}

function hears(matcher: string, expected: unknown): (text: string) => boolean {
  // `search` heeds neither the `g` flag nor where the pattern matched last.
  if (expected instanceof RegExp) return (text) => text.search(expected) >= 0;
  if (typeof expected === 'string' && expected !== '') return (text) => text.includes(expected);
  throw new MatcherError(
    matcher,
    `expected a part of a text, or a RegExp; got ${expected === '' ? 'an empty text, which is part of every text' : typeof expected}.`,
  );
}

function shown(expected: string | RegExp): string {
  return typeof expected === 'string' ? JSON.stringify(expected) : String(expected);
}

function listOf(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? `${title}: nothing.\n` : `${title}:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function bridgedTo({ sent, call }: TestCall): readonly string[] {
  const actions = sent.flatMap(({ callflow }) => callflow);
  // The first action of an outbound session calls the one who hears the flow.
  return actions
    .slice(call.direction === 'outbound' ? 1 : 0)
    .flatMap((action) => (action.action === 'makeCall' ? [action.params.destination] : []));
}

function bare(number: string): string {
  return number.replace(/^\+/, '');
}
