import { compile, type CompiledFlow, type JournalFile, madeUpCall, readJournalFile } from '@hookswitch/dsl';
import type { JournalExport } from '@hookswitch/runtime';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { LoadedFlow } from '../load/load-flows.ts';
import { configOf, flowsOf } from '../load/loaded-project.ts';

/** Reasons that are told one by one, at most. */
const MAX_REASONS = 5;

const SKIPPED = {
  'not comparable': 'with an answer that was erased as sensitive',
  diverged: 'that did not go their way on this code',
  'other arrows': 'whose way nothing made up would take',
  'nothing new': 'that took no arrow beyond those of calls that were written',
  'no flow': 'of flows that the project does not have',
} as const;
type Skipped = keyof typeof SKIPPED;

/** Makes of calls those for tests, with the flows of the project. */
export async function testMaker(cli: Cli, command: Command): Promise<TestMaker> {
  return new TestMaker(await flowsOf(cli, await configOf(cli, command)));
}

/** Makes of calls those for tests, as many as it takes to have all arrows, and counts what it leaves out. */
export class TestMaker {
  written = 0;
  readonly #flows: readonly LoadedFlow[];
  readonly #compiled = new Map<LoadedFlow, CompiledFlow>();
  readonly #taken = new Set<string>();
  readonly #skipped = new Map<Skipped, number>();
  readonly #reasons = new Set<string>();

  constructor(flows: readonly LoadedFlow[]) {
    this.#flows = flows;
  }

  /** Hands what was made of a call to `write`, unless it is left out. */
  take(exported: JournalExport, write: (journal: JournalFile) => void): void {
    const { flow: name, flowVersion } = exported;
    const versions = this.#flows.filter(({ flow }) => flow.name === name);
    const loaded = versions.find(({ flow }) => flow.options.version === flowVersion) ?? versions.at(-1);
    if (loaded === undefined) return this.#skip('no flow', null);
    const compiled = this.#compiled.get(loaded) ?? compile(loaded.flow);
    this.#compiled.set(loaded, compiled);
    const made = madeUpCall(loaded.flow, compiled.chart, readJournalFile(JSON.stringify(exported), `call ${exported.call.id}`));
    if ('skipped' in made) return this.#skip(made.skipped, made.skipped === 'other arrows' ? `${name}: ${made.why}.` : null);
    const arrows = [`${made.journal.site} at last`, ...made.arrows].map((arrow) => `${name}@${flowVersion} ${arrow}`);
    if (arrows.every((arrow) => this.#taken.has(arrow))) return this.#skip('nothing new', null);
    for (const arrow of arrows) this.#taken.add(arrow);
    this.written++;
    write(made.journal);
  }

  /** What was written, and what was left out and why. */
  summary(folder: string): readonly string[] {
    const skipped = [...this.#skipped].map(([why, count]) => `  ${count} ${count === 1 ? 'call' : 'calls'} ${SKIPPED[why]}`);
    const reasons = [...this.#reasons].slice(0, MAX_REASONS).map((reason) => `    ${reason}`);
    return [
      `Wrote ${this.written} ${this.written === 1 ? 'journal' : 'journals'} to ${folder}, without personal data.${skipped.length > 0 ? ' Left out:' : ''}`,
      ...skipped,
      ...reasons,
    ];
  }

  #skip(why: Skipped, reason: string | null): void {
    this.#skipped.set(why, (this.#skipped.get(why) ?? 0) + 1);
    if (reason !== null) this.#reasons.add(reason);
  }
}
