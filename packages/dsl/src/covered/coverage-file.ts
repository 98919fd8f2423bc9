import type { TakenParts } from '../chart/plain-arrows.ts';
import type { ArrowName } from '../chart/taken-arrow.ts';
import type { Coverage, FlowCoverage } from './coverage.ts';
import { CoverageFileError } from './errors/coverage-file-error.ts';
import { arrowKey } from './handed.ts';

/** Where the reporter writes by itself, from the root of the vitest project. */
export const COVERAGE_FILE = '.hookswitch/coverage.json';

/** The report as the text of a file. Nothing in it depends on the time, so that it may be compared. */
export function writeCoverage(coverage: Coverage): string {
  return `${JSON.stringify(coverage, null, 1)}\n`;
}

/**
 * Reads what the reporter has written.
 *
 * @throws CoverageFileError for anything else.
 */
export function readCoverage(text: string): Coverage {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (cause) {
    throw new CoverageFileError(
      'It is not JSON, so no report of @hookswitch/dsl/coverage. Run your tests with that reporter, and give the file that it writes.',
      {
        cause,
      },
    );
  }
  const { format, flows } = (typeof read === 'object' && read !== null ? read : {}) as Partial<Record<keyof Coverage, unknown>>;
  if (format === 1 && Array.isArray(flows) && flows.every(isFlow)) return read as Coverage;
  const why =
    typeof format === 'number' && format !== 1
      ? `It has format ${format}, and this release reads format 1`
      : 'It is no report of @hookswitch/dsl/coverage';
  throw new CoverageFileError(`${why}. Run your tests with that reporter, and give the file that it writes.`);
}

function isFlow(value: unknown): value is FlowCoverage {
  if (typeof value !== 'object' || value === null) return false;
  const { name, version, sites, arrows } = value as Partial<Record<keyof FlowCoverage, unknown>>;
  return (
    typeof name === 'string' &&
    typeof version === 'string' &&
    isListOf(sites, ['name']) &&
    isListOf(arrows, ['from', 'label', 'to', 'when'])
  );
}

function isListOf(list: unknown, texts: readonly string[]): boolean {
  return (
    Array.isArray(list) &&
    list.every((one: unknown) => {
      if (typeof one !== 'object' || one === null) return false;
      const fields = one as Readonly<Record<string, unknown>>;
      return typeof fields['taken'] === 'boolean' && texts.every((name) => typeof fields[name] === 'string');
    })
  );
}

/** What tests took of a flow, for its diagram; null where none called it. */
export function takenParts(coverage: Coverage, flow: string, version: string): TakenParts | null {
  const found = coverage.flows.find((one) => one.name === flow && one.version === version);
  if (found === undefined) return null;
  const sites = new Set(found.sites.filter(({ taken }) => taken).map(({ name }) => name));
  const arrows = new Set(found.arrows.filter(({ taken }) => taken).map(arrowKey));
  return { site: (name) => sites.has(name), arrow: (arrow: ArrowName) => arrows.has(arrowKey(arrow)) };
}
