import { argumentError, maskedName } from '../arguments/check-argument.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { didYouMean } from '../callflow/near-miss.ts';
import type { Effect } from './effect.ts';
import type { SensitiveValues } from './sensitive-values.ts';

/** Tags that one flow may have. */
export const MAX_TAGS = 20;
/** Texts among which the author lets a tag choose. */
export const MAX_TAG_CHOICES = 100;
/** Characters of a tag's text. */
export const MAX_TAG_TEXT = 200;

/** What a tag may hold: one of these texts, any finite number, or any text of 1 to 200 characters. */
export type TagKind = readonly string[] | 'number' | 'text';
/** The tags of a flow, by name. */
export type TagKinds = Readonly<Record<string, TagKind>>;
/** What a tag holds. */
export type TagValue = string | number;

type ValueOf<K> = K extends 'number' ? number : K extends 'text' ? string : K extends readonly (infer V)[] ? V : never;
/** Some values for tags that are declared as `K`. */
export type TagValues<K extends TagKinds> = { readonly [N in keyof K]?: ValueOf<K[N]> | undefined };

/** Notes tags on the call; see `tags`. */
export interface SetTags extends Effect<'tags', void> {
  /** The declaration that the values belong to. */
  readonly kinds: TagKinds;
  readonly values: Readonly<Record<string, TagValue>>;
}

/** Tags that were declared with `tags`, for the option `tags` of `defineFlow`. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tags of whatever kinds
export interface Tags<K extends TagKinds = any> {
  readonly kinds: K;
  /** Names of those that are counted in the server's metrics. */
  readonly metrics: readonly string[];
  /**
   * Notes values on the call: saved with the turn, the last value of each wins. A value that is undefined is left out. Nothing is heard, and nothing is waited for.
   *
   * @throws EffectArgumentError at once: `HS_TAG_UNKNOWN`, `HS_TAG_VALUE`; `HS_TAG_FOREIGN` in a flow that was not given these tags; `HS_TAG_SENSITIVE` for
   * what the caller has keyed in at a sensitive site.
   */
  // Method syntax on purpose: it keeps tags of whatever kinds assignable to `Tags`.
  set(values: TagValues<K>): SetTags;
}

/** Marks them, of any loaded copy of the framework. */
export const TAGS_BRAND = Symbol.for('hookswitch.tags');

/** Tells what `tags` returns from any other value. */
export function isTags(value: unknown): value is Tags {
  return typeof value === 'object' && value !== null && TAGS_BRAND in value;
}

/** What tells whether values may be noted in a running flow. */
export interface TaggedRun {
  readonly options: { readonly name: string; readonly tags: Tags | null };
  readonly sensitive: SensitiveValues;
}

/** The values of a `set`, frozen. Throws `EffectArgumentError` for names that are not declared, and for values of another kind. */
export function checkedValues(kinds: TagKinds, values: unknown): SetTags['values'] {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    const says = { says: 'must be an object of values by name', came: describeValue(values), fix: `Write it like ${exampleOf(kinds)}.` };
    throw argumentError('HS_TAG_VALUE', 'tags', 'set', says);
  }
  const checked: Record<string, TagValue> = {};
  for (const [name, value] of Object.entries(values as Readonly<Record<string, unknown>>)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) throw unknownTag(name, Object.keys(kinds));
    if (value !== undefined) checked[name] = checkedValue(name, kind, value);
  }
  return Object.freeze(checked);
}

function unknownTag(name: string, known: readonly string[]): Error {
  const shown = JSON.stringify(maskedName(name));
  const says = { says: `has no ${shown}`, came: shown, fix: `${didYouMean(name, known)}Declared are: ${known.join(', ')}.` };
  return argumentError('HS_TAG_UNKNOWN', 'tags', 'set', says);
}

function checkedValue(name: string, kind: TagKind, value: unknown): TagValue {
  if (kind === 'number') {
    // JSON knows no negative zero.
    if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value;
    throw wrongValue(
      name,
      'must be a finite number',
      describeValue(value),
      'Give a number, not a text; leave the tag out where there is none.',
    );
  }
  const problem = textProblem(value);
  if (kind === 'text') {
    if (problem === null) return value as string;
    throw wrongValue(
      name,
      `must be a text of 1 to ${MAX_TAG_TEXT} characters`,
      problem,
      'Cut it, or leave the tag out where there is none.',
    );
  }
  if (kind.includes(value as string)) return value as string;
  const came = typeof value === 'string' && value !== '' ? JSON.stringify(maskedName(value)) : describeValue(value);
  const fix = `${typeof value === 'string' ? didYouMean(value, kind) : ''}Write one of them, or add it to the declaration.`;
  throw wrongValue(name, `must be one of ${kind.map((one) => JSON.stringify(one)).join(', ')}`, came, fix);
}

/** What is wrong with a text of a tag; null where nothing is. */
export function textProblem(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return describeValue(value);
  if (value.length > MAX_TAG_TEXT) return `${value.length} characters`;
  return /\p{Cs}/u.test(value) ? 'half of a character' : null;
}

function wrongValue(name: string, says: string, came: string, fix: string): Error {
  return argumentError('HS_TAG_VALUE', 'tags', name, { says, came, fix });
}

function exampleOf(kinds: TagKinds): string {
  const [name = 'reason', kind = 'text'] = Object.entries(kinds)[0] ?? [];
  const value = kind === 'number' ? '1' : JSON.stringify(kind === 'text' ? '…' : kind[0]);
  return `labels.set({ ${name}: ${value} })`;
}

/** Throws `EffectArgumentError` where a running flow may not note these values: it was not given their tags, or they are what its caller has keyed in at a sensitive site. */
export function demandTaggable({ kinds, values }: Pick<SetTags, 'kinds' | 'values'>, { options, sensitive }: TaggedRun): void {
  if (options.tags?.kinds !== kinds) {
    const says = `must be given to the flow that sets them`;
    const came = options.tags === null ? `a flow without tags ("${options.name}")` : `a flow with other tags ("${options.name}")`;
    throw argumentError('HS_TAG_FOREIGN', 'tags', 'set', { says, came, fix: 'Add them to defineFlow: { tags: labels }.' });
  }
  for (const [name, value] of Object.entries(values)) {
    if (Array.isArray(kinds[name]) || !sensitive.areIn(value)) continue;
    const came = 'what the caller keyed in at a sensitive question, or what a sensitive step gave';
    const fix = 'Tags are kept, listed and searched: note what it means, such as "known", not the value.';
    throw argumentError('HS_TAG_SENSITIVE', 'tags', name, { says: 'must not be sensitive', came, fix });
  }
}
