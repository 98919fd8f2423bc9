import { didYouMean } from '@hookswitch/dsl';
import { type Static, Type } from 'typebox';
import { readTime } from '../assembly/time.ts';
import { RequestError } from '../errors/request-error.ts';
import { ENDED_BY } from '../calls/ended-by.ts';
import { STATUSES } from '../report/lines.ts';
import { numberProblem } from '../report/number-filter.ts';
import { readTagCondition } from '../report/tag-condition.ts';
import type { ReportFilter } from '../report/reports.ts';
import type { CallStatus, TagFilter } from '../store/store.ts';
import { MAX_TAG_FILTERS } from '../store/tag-filter.ts';

/** What calls came to, as people ask for it. */
export const OUTCOMES = {
  live: ['live', 'ending'],
  ended: ['ended'],
  failed: ['failed'],
  outbound: ['pending', 'unknown'],
} as const satisfies Readonly<Record<string, readonly CallStatus[]>>;

const Name = (description?: string) =>
  Type.Optional(Type.String({ maxLength: 250, ...(description === undefined ? {} : { description }) }));

/** Which calls are listed, as the query of a request says it. */
export const ListQuery = Type.Object(
  {
    flow: Name(),
    site: Name('Where calls stand, or, once they are over, waited last.'),
    status: Type.Optional(Type.String({ description: `One or several, comma separated: ${STATUSES.join(', ')}.` })),
    outcome: Type.Optional(
      Type.String({ description: `Several statuses by one word: ${Object.keys(OUTCOMES).join(', ')}. Give this or status, not both.` }),
    ),
    number: Type.Optional(
      Type.String({
        pattern: '^\\+?[0-9]{1,15}$',
        'x-form': 'digits of a telephone number',
        description: 'Whose calls: a whole number with its country code; a part of one only where the server shows numbers.',
      }),
    ),
    tag: Type.Optional(
      Type.Array(Type.String({ maxLength: 300 }), {
        maxItems: MAX_TAG_FILTERS,
        description:
          'What flows have noted, e.g. reason=billing or amount>=1000, by = != < <= > >=; given several times, all hold. A call without the tag is not listed.',
      }),
    ),
    startedAfter: Type.Optional(Type.String({ format: 'date-time' })),
    startedBefore: Type.Optional(Type.String({ format: 'date-time' })),
    endedBy: Type.Optional(
      Type.String({
        description: `Who ended it: ${ENDED_BY.join(', ')}. Nothing is kept by which calls are found so: up to 2,000 are looked through for a page, which may be short then.`,
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    cursor: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type ListQuery = Static<typeof ListQuery>;

const { limit: _limit, cursor: _cursor, ...COUNTED } = ListQuery.properties;
/** Which calls are counted. */
export const CountQuery = Type.Object(COUNTED, { additionalProperties: false });
export type CountQuery = Static<typeof CountQuery>;

/** The store's filter for a query. Throws `RequestError` for what no call can be like. */
export function filterOf(
  { status, outcome, number, tag, startedAfter, startedBefore, endedBy, ...same }: ListQuery,
  showNumbers: boolean,
): ReportFilter {
  const problem = number === undefined ? null : numberProblem(number, showNumbers);
  if (problem !== null) throw new RequestError('query', problem);
  if (status !== undefined && outcome !== undefined) throw new RequestError('query', 'Give "status" or "outcome", not both.');
  const [after, before] = [startedAfter, startedBefore].map((text) => (text === undefined ? null : readTime(text)));
  const statuses = status !== undefined ? status.split(',').map(statusOf) : outcome !== undefined ? OUTCOMES[outcomeOf(outcome)] : null;
  return {
    ...same,
    ...(number === undefined ? {} : { number }),
    ...(statuses === null ? {} : { status: statuses }),
    ...(tag === undefined ? {} : { tags: tag.map(conditionOf) }),
    ...(after == null ? {} : { startedAfter: after }),
    ...(before == null ? {} : { startedBefore: before }),
    ...(endedBy === undefined ? {} : { endedBy: oneOf('endedBy', endedBy, ENDED_BY) }),
  };
}

function conditionOf(text: string): TagFilter {
  const condition = readTagCondition(text);
  if (typeof condition === 'string') throw new RequestError('query', `"tag": ${condition}`);
  return condition;
}

function statusOf(text: string): CallStatus {
  return oneOf('status', text.trim(), STATUSES);
}

function outcomeOf(text: string): keyof typeof OUTCOMES {
  return oneOf('outcome', text, Object.keys(OUTCOMES) as (keyof typeof OUTCOMES)[]);
}

function oneOf<T extends string>(name: string, text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text);
  if (found !== undefined) return found;
  throw new RequestError(
    'query',
    `"${name}": there is no ${JSON.stringify(text.slice(0, 60))}. ${didYouMean(text, known)}There are: ${known.join(', ')}.`,
  );
}
