import { argumentError, checkOptions, maskedName, type OptionChecks } from '../arguments/check-argument.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { didYouMean } from '../callflow/near-miss.ts';
import { currentRun } from '../flow/current-run.ts';
import { makeEffect } from '../flow/make-effect.ts';
import {
  checkedValues,
  demandTaggable,
  MAX_TAG_CHOICES,
  MAX_TAG_TEXT,
  MAX_TAGS,
  type SetTags,
  type TagKinds,
  type Tags,
  TAGS_BRAND,
  textProblem,
} from '../flow/tags.ts';

/** Options of `tags`. */
export interface TagsOptions<N extends string = string> {
  /**
   * Names of tags that the server's metrics count, by value (`hookswitch_calls_tagged_total`): of those that are lists of texts, so that the metrics know how many values there
   * may be. @default none
   */
  readonly metrics?: readonly N[] | null;
}

/** What stands in the API's and the command's filters, and in metrics: no sign that compares. */
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;

/**
 * Declares the tags of a flow: names, and what each may hold. At most 20, each a list of 1 to 100 texts, `'number'`, or `'text'` (1 to 200 characters). Give what it returns to
 * `defineFlow` as `tags`, and note values with `yield labels.set({ … })`, in helpers too.
 *
 * ```ts
 * const labels = tags({ reason: ['billing', 'agent'], amount: 'number', plan: 'text' });
 * export default defineFlow({ name: 'support', voice: 'en-US-BenjaminRUS', tags: labels }, function* () {
 *   yield labels.set({ reason: 'billing', amount: 1250 });
 * });
 * ```
 *
 * @throws EffectArgumentError `HS_TAG_DECLARATION` at once, for tags that can't be.
 */
export function tags<const K extends TagKinds>(kinds: K, options: TagsOptions<keyof K & string> = {}): Tags<K> {
  checkKinds(kinds);
  const frozen = Object.freeze(
    Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, typeof kind === 'string' ? kind : Object.freeze([...kind])])),
  ) as K;
  checkOptions('tags', options, optionsOf(frozen));
  return Object.freeze({
    [TAGS_BRAND]: true,
    kinds: frozen,
    metrics: Object.freeze([...(options.metrics ?? [])]),
    set(values) {
      const checked = checkedValues(frozen, values);
      const run = currentRun();
      if (run !== null) demandTaggable({ kinds: frozen, values: checked }, run);
      return makeEffect<SetTags>({ kind: 'tags', kinds: frozen, values: checked });
    },
  } satisfies Tags<K> & { readonly [TAGS_BRAND]: true });
}

function checkKinds(kinds: unknown): void {
  const shape = "Write it like tags({ reason: ['billing', 'agent'], amount: 'number', plan: 'text' }).";
  if (typeof kinds !== 'object' || kinds === null || Array.isArray(kinds))
    throw refusal('the declaration', 'must be an object of kinds by name', describeValue(kinds), shape);
  const entries = Object.entries(kinds as Readonly<Record<string, unknown>>);
  if (entries.length === 0) throw refusal('the declaration', 'must have at least one tag', 'none', shape);
  if (entries.length > MAX_TAGS)
    throw refusal(
      'the declaration',
      `must have at most ${MAX_TAGS} tags`,
      String(entries.length),
      'Keep details in a log line or in the result.',
    );
  for (const [name, kind] of entries) checkKind(name, kind);
}

function checkKind(name: string, kind: unknown): void {
  const shown = maskedName(name);
  if (!NAME.test(name)) {
    const came = name === '' ? 'an empty text' : JSON.stringify(shown);
    const says = 'must be 1 to 40 letters, digits, "-" or "_", beginning with a letter, because it stands in filters and metrics';
    throw refusal('a name', says, came, 'Write it like reason.');
  }
  if (kind === 'number' || kind === 'text') return;
  if (!Array.isArray(kind)) {
    const came = typeof kind === 'string' && kind !== '' ? JSON.stringify(maskedName(kind)) : describeValue(kind);
    const hint = typeof kind === 'string' ? didYouMean(kind, ['number', 'text']) : '';
    throw refusal(shown, "must be 'number', 'text' or a list of texts", came, `${hint}A list says what it may hold: ['billing', 'agent'].`);
  }
  const texts = kind as readonly unknown[];
  if (texts.length === 0 || texts.length > MAX_TAG_CHOICES)
    throw refusal(
      shown,
      `must have 1 to ${MAX_TAG_CHOICES} texts to choose from`,
      String(texts.length),
      "Use 'text' for what can't be listed.",
    );
  for (const [index, text] of texts.entries()) {
    const problem = textProblem(text);
    const fix = 'Write each text once.';
    if (problem !== null) throw refusal(`${shown}[${index}]`, `must be a text of 1 to ${MAX_TAG_TEXT} characters`, problem, fix);
    if (texts.indexOf(text) !== index) throw refusal(`${shown}[${index}]`, 'must differ from the others', 'the same text twice', fix);
  }
}

function optionsOf(kinds: TagKinds): OptionChecks<TagsOptions> {
  return {
    metrics: (effect, argument, value) => {
      if (!Array.isArray(value))
        throw refusal(argument, 'must be a list of names', describeValue(value), "Write it like metrics: ['reason'].");
      for (const name of value as readonly unknown[]) {
        const kind = typeof name === 'string' && Object.hasOwn(kinds, name) ? kinds[name] : undefined;
        if (Array.isArray(kind)) continue;
        const came = typeof name === 'string' && name !== '' ? JSON.stringify(maskedName(name)) : describeValue(name);
        const hint = typeof name === 'string' && kind === undefined ? didYouMean(name, Object.keys(kinds)) : '';
        const fix = `${hint}Metrics keep a series for each value: list the values, or leave it out.`;
        throw refusal(argument, 'must name tags that are lists of texts', came, fix);
      }
    },
  };
}

function refusal(argument: string, says: string, came: string, fix: string): Error {
  return argumentError('HS_TAG_DECLARATION', 'tags', argument, { says, came, fix });
}
