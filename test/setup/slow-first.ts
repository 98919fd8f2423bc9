import { relative, sep } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files and folders whose files take half a minute or more, the slowest first. They mostly wait for programs that they start. */
const SLOW = [
  'test/faults/processes.test.ts',
  'test/init.test.ts',
  'packages/cli/src/process.test.ts',
  'test/console/',
  'packages/cli/src/log-trouble.test.ts',
  'test/examples-under-chaos.test.ts',
  'packages/cli/src/credentials.test.ts',
];

/** Starts what takes long first, so that no file is left to run alone in the end. A clone that has not run the tests yet does not know by itself. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const path = relative(this.ctx.config.root, moduleId).replaceAll(sep, '/');
      const found = SLOW.findIndex((slow) => path.startsWith(slow));
      return found === -1 ? SLOW.length : found;
    };
    // Sorting keeps the order of those with the same rank.
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
