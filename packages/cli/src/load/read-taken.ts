import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FlowModule, TakenParts } from '@hookswitch/dsl';
import { type Coverage, CoverageFileError, readCoverage, takenParts } from '@hookswitch/dsl/coverage';
import type { Cli } from '../cli.ts';
import { readText } from './read-text.ts';

const NOTHING: TakenParts = { site: () => false, arrow: () => false };

/** What tests took of a flow, as the reporter wrote it into `file`. Where none called it, nothing is taken, and that is said. */
export function readTaken({ context: { cwd }, tell }: Pick<Cli, 'context' | 'tell'>, flow: FlowModule, file: string): TakenParts {
  const path = resolve(cwd, file);
  if (!existsSync(path)) {
    const how = "Run your tests with the reporter that writes it: test: { reporters: ['default', '@hookswitch/dsl/coverage'] }.";
    throw new CoverageFileError(`${file} is not there. ${how}`);
  }
  const coverage = reportIn(file, readText(path, file));
  const taken = takenParts(coverage, flow.name, flow.options.version);
  if (taken !== null) return taken;
  const names = [...new Set(coverage.flows.map(({ name, version }) => `${name} (version ${version})`))];
  tell(
    `No test called flow "${flow.name}" in version ${flow.options.version}, so that nothing of it is taken. In ${file} are: ${names.length === 0 ? 'none' : names.join(', ')}.`,
  );
  return NOTHING;
}

function reportIn(file: string, text: string): Coverage {
  try {
    return readCoverage(text);
  } catch (error) {
    if (error instanceof CoverageFileError) throw new CoverageFileError(`${file}: ${error.message}`, { cause: error });
    throw error;
  }
}
