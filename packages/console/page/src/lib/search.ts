/** The search line of the list of calls: `flow:support site:pin ended-by:caller reason=billing amount>=1000`. */
import { readConditions } from './tags.ts';

/** What calls are looked for by, as the address has it. */
export const FILTERS = ['flow', 'site', 'outcome', 'endedBy', 'number', 'tag', 'startedAfter', 'startedBefore'] as const;
export type FilterName = (typeof FILTERS)[number];
export type Filter = Readonly<Record<FilterName, string>>;

/** The words of the line, and what they are in the address. */
export const WORDS = {
  flow: 'flow',
  site: 'site',
  outcome: 'outcome',
  'ended-by': 'endedBy',
  number: 'number',
  after: 'startedAfter',
  before: 'startedBefore',
} as const satisfies Readonly<Record<string, FilterName>>;
export type Word = keyof typeof WORDS;

export const OUTCOMES = ['live', 'ended', 'failed', 'outbound'] as const;
export const ENDED_BY = ['caller', 'bridge', 'flow', 'fallback', 'request', 'platform', 'unanswered', 'idle'] as const;

const NOTHING = Object.fromEntries(FILTERS.map((name) => [name, ''])) as Filter;
/** `word:value`; a value with blanks stands in quotes. */
const TERM = /(^|\s)([a-z][a-z-]*):\s*("[^"]*"|[^\s"]*)/gi;
const CONDITION = /^[A-Za-z][\w-]*(!=|<=|>=|=|<|>)./s;
const EXAMPLE =
  'Write flow:support, site:pin, outcome:failed, ended-by:caller, number:+6531589338, after:2026-11-30 or a tag: reason=billing amount>=1000.';

/** One condition, as a chip shows it. */
export interface Chip {
  readonly name: FilterName;
  readonly text: string;
  /** The filter without it. */
  readonly without: Filter;
}

/** Reads a line; gives a sentence that says where it can't be read, and what to write. */
export function readSearch(text: string): Filter | string {
  const found: Record<string, string> = {};
  let problem: string | null = null;
  const rest = text.replace(TERM, (term: string, _space: string, word: string, value: string, offset: number) => {
    // A tag's value may have colons: link=https://…
    if (/[=<>]\s*$/.test(text.slice(0, offset))) return term;
    const known = Object.hasOwn(WORDS, word) ? WORDS[word as Word] : undefined;
    const given = value.replace(/^"(.*)"$/, '$1').trim();
    if (known === undefined) problem ??= `There is no "${word}:". ${nearest(word)}There are ${Object.keys(WORDS).join(':, ')}:.`;
    else if (given === '') problem ??= `"${word}:" has no value. ${EXAMPLE}`;
    else if (found[known] !== undefined) problem ??= `"${word}:" stands there twice. Give it once.`;
    else found[known] = given;
    return ' ';
  });
  const conditions = readConditions(rest);
  const odd = conditions.find((one) => !CONDITION.test(one));
  if (odd !== undefined) problem ??= `"${odd.slice(0, 40)}" is no condition. ${EXAMPLE}`;
  return problem ?? { ...NOTHING, ...found, tag: conditions.join(' ') };
}

/** The line that says the same. */
export function writeSearch(filter: Filter): string {
  const words = Object.entries(WORDS).flatMap(([word, name]) => (filter[name] === '' ? [] : [term(word, filter[name])]));
  return [...words, ...readConditions(filter.tag)].join(' ');
}

/** The conditions of a filter, one by one. */
export function chipsOf(filter: Filter): readonly Chip[] {
  const words = Object.entries(WORDS).flatMap(([word, name]): readonly Chip[] =>
    filter[name] === '' ? [] : [{ name, text: `${word}: ${filter[name]}`, without: { ...filter, [name]: '' } }],
  );
  const tags = readConditions(filter.tag);
  return [
    ...words,
    ...tags.map((text, index): Chip => ({
      name: 'tag',
      text,
      without: { ...filter, tag: tags.filter((_, at) => at !== index).join(' ') },
    })),
  ];
}

/** What there is to choose from, for completion. */
export interface Known {
  readonly flows: readonly string[];
  readonly sites: readonly string[];
  readonly tags: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A way to go on with the word at the end of a line. */
export interface Completion {
  readonly label: string;
  /** The line with it. */
  readonly line: string;
}

const MOST = 8;

/** How the last word of a line may go on. */
export function completions(line: string, known: Known): readonly Completion[] {
  const [, before = '', last = ''] = /^(.*?)(\S*)$/s.exec(line) ?? [];
  const [, word, started = ''] = /^([a-z-]+):(.*)$/.exec(last) ?? [];
  const [, tag, value = ''] = /^([A-Za-z][\w-]*)=(.*)$/.exec(last) ?? [];
  const offers =
    word !== undefined
      ? valuesOf(word, known)
          .filter((one) => one.startsWith(started) && one !== started)
          .map((one) => term(word, one))
      : tag !== undefined
        ? [...(known.tags.get(tag) ?? [])].filter((one) => one.startsWith(value) && one !== value).map((one) => `${tag}=${one}`)
        : [...Object.keys(WORDS).map((one) => `${one}:`), ...[...known.tags.keys()].map((one) => `${one}=`)].filter(
            (one) => one.startsWith(last) && one !== last,
          );
  return offers.slice(0, MOST).map((label) => ({ label, line: `${before}${label}${/[:=]$/.test(label) ? '' : ' '}` }));
}

function valuesOf(word: string, { flows, sites }: Known): readonly string[] {
  switch (word) {
    case 'flow':
      return flows;
    case 'site':
      return sites;
    case 'outcome':
      return OUTCOMES;
    case 'ended-by':
      return ENDED_BY;
    default:
      return [];
  }
}

function term(word: string, value: string): string {
  return `${word}:${/\s/.test(value) ? `"${value}"` : value}`;
}

function nearest(word: string): string {
  const near = Object.keys(WORDS).find((one) => one[0] === word[0]?.toLowerCase() && Math.abs(one.length - word.length) < 3);
  return near === undefined ? '' : `Did you mean "${near}:"? `;
}
