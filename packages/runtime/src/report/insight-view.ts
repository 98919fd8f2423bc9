/** Insights as the API and the console show them. */
import { type Static, Type } from 'typebox';
import { ENDINGS } from '../calls/count-keys.ts';

const Count = Type.Integer({ minimum: 0 });
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Counts = Type.Record(Type.String(), Count);
const Seconds = Type.Object({
  median: Type.Number({ description: 'Seconds, estimated between the bounds of a histogram.' }),
  p90: Type.Number(),
});

const EndingCounts = Type.Object(
  Object.fromEntries(ENDINGS.map((ending) => [ending, Count])) as Record<(typeof ENDINGS)[number], typeof Count>,
  {
    description: 'Each call in one way; together they are all calls.',
  },
);

/** An arrow of the flow's chart, and how many times it was taken. */
export const InsightArrow = Type.Object({
  from: Type.String(),
  label: Type.String(),
  to: Type.String(),
  when: Type.String(),
  count: Count,
  share: Type.Number({ description: 'Of all that left `from`; 0..1.' }),
});

/** What calls did at a site. */
export const InsightSite = Type.Object({
  site: Type.String(),
  calls: Type.Integer({ description: 'That came by.' }),
  entries: Type.Integer({ description: 'How often they came.' }),
  answers: Count,
  silence: Count,
  noMatch: Count,
  invalid: Count,
  failures: Type.Integer({ description: 'Of a step.' }),
  exits: Type.Integer({ description: 'Calls that ended while they waited here.' }),
  hangups: Type.Integer({ description: 'Of these, by the caller.' }),
  exitShare: Type.Number({ description: 'Of the calls that came by, those that ended here; 0..1.' }),
  time: Nullable(Seconds),
});

const Outcome = Type.Object({ site: Type.String(), outcome: Type.String(), count: Count });
const Named = Type.Object({ value: Type.String(), count: Count });

/** Figures of one version, or all, in one period. */
export const InsightFigures = Type.Object({
  version: Nullable(Type.String({ description: 'Null for all versions.' })),
  since: Type.String({ format: 'date-time' }),
  until: Type.String({ format: 'date-time' }),
  calls: Count,
  endings: EndingCounts,
  endedBy: Counts,
  duration: Nullable(Seconds),
  arrows: Type.Array(InsightArrow),
  sites: Type.Array(InsightSite, { description: 'Those at which most calls ended first.' }),
  bridges: Type.Array(Outcome),
  steps: Type.Array(Outcome),
  signals: Type.Array(Outcome, { description: 'What waits for signals came to: an example by its name, or timeout.' }),
  tags: Type.Array(
    Type.Object({ tag: Type.String(), value: Type.String({ description: '• for values that are not declared.' }), count: Count }),
  ),
  results: Type.Array(Named),
  errors: Type.Array(Named),
  strayed: Type.Integer({ description: 'Calls that the code at hand could not follow to their end: their sites are counted.' }),
  days: Type.Array(Type.Object({ day: Type.String({ format: 'date' }), calls: Count, endings: EndingCounts })),
});
export type InsightFigures = Static<typeof InsightFigures>;

/** The answer to `GET /insights`. */
export const InsightsView = Type.Object({
  flow: Type.String(),
  zone: Type.String({ description: 'Of the days.' }),
  versions: Type.Array(Type.String(), { description: 'Of which calls were counted in the period, newest first.' }),
  numbers: Type.Array(Type.String(), {
    description: 'Our own numbers of which calls were counted in the period; masked unless the server shows them.',
  }),
  pending: Type.Integer({ description: 'Calls in these figures that are not added to the counters yet.' }),
  complete: Type.Boolean({ description: 'False while so many calls wait to be added that some may be missing.' }),
  uncounted: Type.Boolean({ description: 'There are calls that ended on a server which did not count: POST /insights/count counts them.' }),
  figures: InsightFigures,
  compared: Nullable(InsightFigures),
});
export type InsightsView = Static<typeof InsightsView>;

/** The answer to `POST /insights/count`. */
export const CountedView = Type.Object({
  counted: Type.Integer({ description: 'Calls that this request has counted.' }),
  more: Type.Boolean({ description: 'There are more: ask again.' }),
});
export type CountedView = Static<typeof CountedView>;
