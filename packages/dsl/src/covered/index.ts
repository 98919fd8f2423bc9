/**
 * `@hookswitch/dsl/coverage`: a reporter for vitest that says which sites and arrows of your flows no test has reached, and who reads its file.
 *
 * Vitest is needed for types alone: a program that reads the file needs none.
 */

// The reporter
export { CoverageReporter, CoverageReporter as default } from './reporter.ts';
export type { CoverageOptions, CoverageShare, CoverageThresholds } from './options.ts';

// Its file
export { COVERAGE_FILE, readCoverage, takenParts } from './coverage-file.ts';
export type { ArrowCoverage, Coverage, FlowCoverage, SiteCoverage, Taken } from './coverage.ts';

// Errors
export { CoverageFileError } from './errors/coverage-file-error.ts';
export { CoverageOptionError } from './errors/coverage-option-error.ts';
