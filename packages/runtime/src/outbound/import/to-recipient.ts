import { checkParams, countryZone, localDate, type ParamsIssue, paramsIssueText, type StandardSchema } from '@hookswitch/dsl';
import { readTime, TIME_FORM } from '../../assembly/time.ts';
import type { PersonOf } from '../../campaigns/person.ts';
import { readNumber } from '../../campaigns/read-number.ts';
import { maskNumber, maskText } from '../../observe/mask-text.ts';
import type { NewRecipient } from '../../store/outbound/outbound-store.ts';
import type { RowFault, RowProblem, SourceRow } from './source-row.ts';

const MAX_KEY = 256;
/** Of params as JSON. */
const MAX_PARAMS = 16_384;
/** Of a value that is repeated in a message. */
const MAX_VALUE = 40;

/** What a campaign says of those whom it calls. */
export interface RecipientRules {
  /** Holds params to the flow; null for one that takes any. */
  readonly schema: StandardSchema<unknown> | null;
  /** Of numbers without a country code, two letters; null: none is taken for granted. */
  readonly country: string | null;
  /** Of those whose zone nobody knows. */
  readonly zone: string;
  /** When nothing else is said. */
  readonly dueAt: number;
  readonly personOf: PersonOf;
}

/** From where a zone is known. */
export type ZoneSource = 'given' | 'country' | 'default';

/** Somebody who can be called, or all that is wrong with their row. */
export type Judged = { readonly recipient: NewRecipient; readonly zone: ZoneSource } | { readonly problems: readonly RowProblem[] };

/** Makes a recipient of a row. */
export async function toRecipient(row: SourceRow, rules: RecipientRules): Promise<Judged> {
  const problems: RowProblem[] = [];
  const wrong = (column: string, fault: RowFault, value: string | null, message: string): void => {
    problems.push({ line: row.line, column, fault, value, message });
  };
  const country = row.country?.toUpperCase() ?? rules.country;
  if (row.country !== null && !/^[A-Z]{2}$/i.test(row.country))
    wrong('country', 'country', shown(row.country), 'must be two letters, such as SG.');
  const known = readNumber(row.number, country);
  if (known === null)
    wrong('number', 'number', row.number === '' ? null : maskNumber(row.number.slice(0, MAX_VALUE)), numberProblem(row, country));
  if (row.zone !== null && !isZone(row.zone))
    wrong('zone', 'zone', shown(row.zone), 'must be a time zone of the IANA list, such as Asia/Singapore.');
  const at = row.notBefore === null ? rules.dueAt : readTime(row.notBefore);
  if (at === null) wrong('notBefore', 'time', shown(row.notBefore ?? ''), `must be ${TIME_FORM}.`);
  const key = row.key ?? known?.number ?? '';
  if (key.length > MAX_KEY) wrong('key', 'key', null, `has more than ${MAX_KEY} characters. Take a shorter one.`);
  const params = await paramsOf(row, rules.schema, problems);
  if (problems.length > 0 || known === null || at === null) return { problems };
  const place = known.country ?? country;
  const byCountry = row.zone !== null || place === null ? null : countryZone(place, new Date(rules.dueAt));
  const zone: ZoneSource = row.zone !== null ? 'given' : byCountry !== null ? 'country' : 'default';
  return {
    zone,
    recipient: {
      key,
      person: rules.personOf(known.number),
      phone: known.number,
      zone: row.zone ?? byCountry ?? rules.zone,
      dueAt: at,
      params,
    },
  };
}

function numberProblem({ number }: SourceRow, country: string | null): string {
  if (number === '') return 'is missing.';
  if (/^[^+]*\d/.test(number) && country === null)
    return 'has no country code. Write it like +6531589338, add a column "country", or give the campaign a country.';
  if (/^\d+(?:[.,]\d+)?E\+?\d+$/i.test(number))
    return 'was made a decimal number by a spreadsheet. Format the column as text, and save the file again.';
  return 'is no telephone number that can be called. Write it like +6531589338.';
}

async function paramsOf({ line, params }: SourceRow, schema: StandardSchema<unknown> | null, problems: RowProblem[]): Promise<string> {
  const checked = await checkParams(schema, params);
  if (!('params' in checked)) {
    problems.push(...checked.issues.map((issue) => paramsProblem(line, issue)));
    return '';
  }
  const text = JSON.stringify(checked.params);
  if (text.length > MAX_PARAMS) problems.push(paramsProblem(line, { path: [], message: `have more than ${MAX_PARAMS} characters` }));
  return text;
}

function paramsProblem(line: number, issue: ParamsIssue): RowProblem {
  const column = issue.path.length === 0 ? 'params' : issue.path.join('.');
  return {
    line,
    column: maskText(column.slice(0, 60), 'strict'),
    fault: 'params',
    value: null,
    message: maskText(paramsIssueText(issue), 'numbers'),
  };
}

function shown(text: string): string {
  return maskText(text.slice(0, MAX_VALUE), 'strict');
}

/** Zones by whose names the files of the world go are few; others are looked for once. */
const zones = new Map<string, boolean>();
const MAX_ZONES = 1_000;

function isZone(zone: string): boolean {
  const known = zones.get(zone);
  if (known !== undefined) return known;
  let is = zone.length <= 64;
  try {
    localDate(new Date(0), zone);
  } catch {
    is = false;
  }
  if (zones.size >= MAX_ZONES) zones.clear();
  zones.set(zone, is);
  return is;
}
