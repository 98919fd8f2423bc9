/* eslint-disable no-restricted-imports, no-restricted-globals -- it runs beside vitest, in the process of its reporters: nothing that flows are made of imports it */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';
import { argumentProblem, findProblem } from '../options/find-problem.ts';
import { withDefaults } from '../options/schema.ts';
import { type Coverage, gatherCoverage, type HandedOver } from './coverage.ts';
import { writeCoverage } from './coverage-file.ts';
import { CoverageFileError } from './errors/coverage-file-error.ts';
import { CoverageOptionError } from './errors/coverage-option-error.ts';
import { handedBy } from './meta-recorder.ts';
import { COVERAGE_OPTIONS, COVERAGE_SHARE, type CoverageOptions } from './options.ts';
import { coverageTable } from './table.ts';
import { unmetThresholds } from './thresholds.ts';

/** The setup file beside this one, in sources and in what is published. */
const SETUP = fileURLToPath(new URL(import.meta.url.replace(/[^/]*(\.[jt]s)(\?.*)?$/, 'setup$1')));

type Settings = Required<Omit<CoverageOptions, 'thresholds'>> & Pick<CoverageOptions, 'thresholds'>;

/**
 * A reporter for vitest 3 and later: prints which sites and arrows of each flow your tests took, and which none did, writes it down for
 * `hookswitch graph --coverage`, and fails the run where a threshold is not met.
 *
 * ```ts
 * test: { reporters: ['default', ['@hookswitch/dsl/coverage', { thresholds: { arrows: 80 } }]] }
 * ```
 */
export class CoverageReporter implements Reporter {
  readonly #settings: Settings;
  /** What the files of tests handed over when they ran last, by project and file: in watch mode only some run again. */
  readonly #handed = new Map<string, readonly HandedOver[]>();
  #vitest: Vitest | null = null;

  /** @throws CoverageOptionError */
  constructor(options: CoverageOptions = {}) {
    checkOptions(options);
    this.#settings = withDefaults<Settings>(COVERAGE_OPTIONS, options);
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
    for (const { config } of vitest.projects) if (!config.setupFiles.includes(SETUP)) config.setupFiles.push(SETUP);
  }

  onTestRunEnd(modules: readonly TestModule[], _errors: readonly unknown[], reason: string): void {
    const vitest = this.#vitest;
    if (vitest === null || reason === 'interrupted') return;
    for (const module of modules) this.#handed.set(`${module.project.name}\n${module.moduleId}`, handedOver(module, vitest.config.root));
    const coverage = gatherCoverage([...this.#handed.values()].flat(), this.#settings);
    const { listed, generated, thresholds } = this.#settings;
    const file = this.#write(coverage, vitest);
    const part = thresholds === undefined ? null : partOf(vitest);
    const unmet = thresholds === undefined || part !== null ? null : unmetThresholds(coverage, thresholds, file);
    const table = coverageTable(coverage, { listed, generated, file, listedElsewhere: unmet?.lacking ?? [] });
    vitest.logger.log(`\n${table}${file === null ? '' : `\n\nAll of it: ${file}`}`);
    if (part !== null) vitest.logger.log(`\nThe thresholds are not checked, because only a part of the tests ran: ${part}.`);
    if (unmet === null) return;
    vitest.logger.error(`\n${unmet.code}: ${unmet.message}\n`);
    process.exitCode = 1;
  }

  onTestRemoved(path?: string): void {
    for (const key of this.#handed.keys()) if (path !== undefined && key.endsWith(`\n${path}`)) this.#handed.delete(key);
  }

  #write(coverage: Coverage, { config, logger }: Vitest): string | null {
    const { file } = this.#settings;
    if (file === null) return null;
    const path = resolve(config.root, file);
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, writeCoverage(coverage));
      return file;
    } catch (error) {
      const failed = new CoverageFileError(
        `The coverage report can't be written to ${file} (${String((error as NodeJS.ErrnoException).code)}).`,
      );
      logger.error(`${failed.code}: ${failed.message}`);
      process.exitCode = 1;
      return null;
    }
  }
}

/** Why not all tests ran; null where they did. */
function partOf({ config, filenamePattern }: Vitest & { readonly filenamePattern?: readonly string[] | undefined }): string | null {
  if (config.shard != null && config.mergeReports === undefined) return `shard ${config.shard.index} of ${config.shard.count}`;
  if (config.testNamePattern !== undefined) return `those whose titles match ${String(config.testNamePattern)}`;
  if (config.changed !== undefined && config.changed !== false) return 'those that changes concern';
  return filenamePattern === undefined || filenamePattern.length === 0 ? null : `files like ${filenamePattern.join(', ')}`;
}

function handedOver(module: TestModule, root: string): readonly HandedOver[] {
  const file = relative(root, module.moduleId).replaceAll('\\', '/');
  const tests = [...module.children.allTests()].map((test: TestCase) => ({
    by: `${file} > ${test.fullName}`,
    handed: handedBy(test.meta()),
  }));
  return [{ by: file, handed: handedBy(metaOf(module)) }, ...tests];
}

/** The meta of a file, which vitest before 3.1 gives to reporters in another way. */
function metaOf(module: TestModule): object {
  const { meta, task } = module as unknown as { readonly meta?: () => object; readonly task: { readonly meta: object } };
  return typeof meta === 'function' ? module.meta() : task.meta;
}

function checkOptions(options: CoverageOptions): void {
  const problem = findProblem(COVERAGE_OPTIONS, options);
  if (problem !== null) throw new CoverageOptionError(...argumentProblem('', problem));
  for (const [name, share] of Object.entries(options.thresholds?.flows ?? {})) {
    const wrong = findProblem(COVERAGE_SHARE, share);
    if (wrong !== null) throw new CoverageOptionError(...argumentProblem(`thresholds.flows.${name}`, wrong));
  }
}
