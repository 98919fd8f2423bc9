import { optionSet, orNull, valueThat } from '../options/schema.ts';

/** How much of a flow tests must reach. */
export interface CoverageShare {
  /** Percent of the sites, 0 to 100. */
  readonly sites?: number;
  /** Percent of the arrows, 0 to 100. */
  readonly arrows?: number;
}

/** How much tests must reach; else the run fails. */
export interface CoverageThresholds extends CoverageShare {
  /** Percent of the sites, 0 to 100. */
  readonly sites?: number;
  /** Percent of the arrows, 0 to 100. */
  readonly arrows?: number;
  /** Whether each flow must reach these shares, not only all flows together. @default false */
  readonly perFlow?: boolean;
  /** Shares of single flows, by name, in place of those above. A flow that stands here and is called by no test has reached nothing. @default {} */
  readonly flows?: Readonly<Record<string, CoverageShare>>;
}

/** Options of the reporter `@hookswitch/dsl/coverage`. */
export interface CoverageOptions {
  /** How much tests must reach. Not checked where only a part of the tests ran: a shard, some files, tests of some name. */
  readonly thresholds?: CoverageThresholds;
  /** Where the report is written as JSON, for `hookswitch graph --coverage`; from the root of the vitest project. Null for nowhere. @default '.hookswitch/coverage.json' */
  readonly file?: string | null;
  /** Whether what `testEveryPath` and `forEveryCall` take counts as well. They take everything by construction, so that nothing would be missing. @default false */
  readonly generated?: boolean;
  /** Whether the arrows of universal keys count: they do the same wherever they work. @default false */
  readonly universalKeys?: boolean;
  /** Whether hang-ups count after which nothing follows. @default false */
  readonly hangUps?: boolean;
  /** How many missing sites and arrows of a flow are listed, 0 to 10,000; all of them are in the file. @default 10 */
  readonly listed?: number;
}

const PERCENT = { type: 'number', minimum: 0, maximum: 100 } as const;

/** The schema of `CoverageShare`. */
export const COVERAGE_SHARE = optionSet({ sites: PERCENT, arrows: PERCENT });

/** The schema of `CoverageThresholds`; the shares of single flows are checked one by one. */
export const COVERAGE_THRESHOLDS = optionSet({
  sites: PERCENT,
  arrows: PERCENT,
  perFlow: { type: 'boolean', default: false },
  flows: valueThat(
    'shares by the names of flows: { support: { arrows: 90 } }',
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  ),
});

/** The schema of `CoverageOptions`. */
export const COVERAGE_OPTIONS = optionSet({
  thresholds: COVERAGE_THRESHOLDS,
  file: { ...orNull({ type: 'string', minLength: 1 }), default: '.hookswitch/coverage.json' },
  generated: { type: 'boolean', default: false },
  universalKeys: { type: 'boolean', default: false },
  hangUps: { type: 'boolean', default: false },
  listed: { type: 'integer', minimum: 0, maximum: 10_000, default: 10 },
});
