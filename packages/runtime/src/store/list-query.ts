import type { Query, Value } from './call-row.ts';
import type { CheckedFilter } from './check-filter.ts';
import { literals, OPEN } from './status-groups.ts';
import type { TagFilter } from './store.ts';
import { toStored } from './stored-text.ts';
import { numberIn } from './tag-filter.ts';

/**
 * One row more than the page has, where there is one. The calls of a tag come from its index, which has them in the order of the list; further conditions on tags, and those
 * of calls in progress, which are few, look each call up. SQLite never reorders a CROSS JOIN.
 */
export function listQuery(table: (name: string) => string, columns: string, filter: CheckedFilter): Query {
  const { flow, site, status, startedAfter, startedBefore, digits, wholeNumber, after, limit, tags = [] } = filter;
  const calls = `${table('calls')} AS calls`;
  const values: Value[] = [];
  const conditions: string[] = [];
  const add = (condition: string, ...given: Value[]): void => {
    conditions.push(condition.replace(/\?/g, () => `$${values.push(given.shift() ?? null)}`));
  };
  const isOpen = status?.every((one) => OPEN.includes(one)) === true;
  const first = isOpen ? undefined : (tags.find(({ compare, value }) => compare === '=' && numberIn(value) === null) ?? tags[0]);
  const [began, number] = first === undefined ? ['calls.started_at', 'calls.number'] : ['tag.started_at', 'tag.call'];
  if (first !== undefined) {
    const [holds, ...given] = meeting('tag', first);
    add('calls.number = tag.call');
    add(`tag.name = ? AND ${holds}`, toStored(first.name), ...given);
  }
  for (const one of tags) {
    if (one === first) continue;
    const [holds, ...given] = meeting('other', one);
    // A value that is looked up by its key, and not EXISTS: of that Postgres makes a join, and reads all calls of a common tag.
    add(
      `(SELECT ${holds} FROM ${table('call_tags')} AS other WHERE other.call = calls.number AND other.name = ?)`,
      ...given,
      toStored(one.name),
    );
  }
  if (flow !== undefined) add('calls.flow = ?', toStored(flow));
  if (site !== undefined) add('(calls.site = ? OR calls.last_site = ?)', toStored(site), toStored(site));
  if (isOpen) add(`calls.status IN (${literals(OPEN)})`);
  if (status !== undefined) add(`calls.status IN (${status.map(() => '?').join(', ') || 'NULL'})`, ...status);
  if (startedAfter !== undefined) add(`${began} >= ?`, startedAfter);
  if (startedBefore !== undefined) add(`${began} < ?`, startedBefore);
  if (digits !== '' && wholeNumber) {
    const either = [digits, `+${digits}`];
    add('(calls.from_number IN (?, ?) OR calls.to_number IN (?, ?))', ...either, ...either);
  } else if (digits !== '') add('(calls.from_number LIKE ? OR calls.to_number LIKE ?)', `%${digits}%`, `%${digits}%`);
  if (after !== null) add(`(${began}, ${number}) < (?, ?)`, after.startedAt, after.number);
  const from = first === undefined ? calls : `${table('call_tags')} AS tag CROSS JOIN ${calls}`;
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  values.push(limit + 1);
  return {
    text: `SELECT ${columns}, calls.number FROM ${from}${where} ORDER BY ${began} DESC, ${number} DESC LIMIT $${values.length}`,
    values,
  };
}

/** How many of the newest calls there are, up to the filter's limit, and how many of them failed. */
export function countQuery(table: (name: string) => string, filter: CheckedFilter): Query {
  const { text, values } = listQuery(table, 'calls.status', { ...filter, after: null, limit: filter.limit - 1 });
  return {
    text: `SELECT count(*) AS calls, count(CASE WHEN listed.status = 'failed' THEN 1 END) AS failed FROM (${text}) AS listed`,
    values,
  };
}

/** That the value of a row of `call_tags` meets a condition on its tag. */
function meeting(row: string, { compare, value }: TagFilter): [string, ...Value[]] {
  const number = numberIn(value);
  if (compare !== '=' && compare !== '!=') return [`${row}.number ${compare} ?`, number];
  const sign = compare === '=' ? '=' : '<>';
  if (number !== null) return [`(${row}.text ${sign} ? OR ${row}.number ${sign} ?)`, toStored(value), number];
  const others = compare === '=' ? '' : ` OR ${row}.number IS NOT NULL`;
  return [`(${row}.text ${sign} ?${others})`, toStored(value)];
}
