import { recordCalls } from '../testing/recorder.ts';
import type { Counting, Coverage, HandedOver } from './coverage.ts';
import { gatherCoverage } from './coverage.ts';
import { handedBy, MetaRecorder, type TestTask } from './meta-recorder.ts';

export const OWN: Counting = { generated: false, universalKeys: false, hangUps: false };

/** A test of vitest, with a file of its own. */
export function madeTask(): TestTask {
  return { meta: {}, file: { meta: {}, result: { state: 'run' } } };
}

/** What `act` hands over, as a test of that name. */
export async function recorded(title: string, act: () => Promise<unknown>): Promise<readonly HandedOver[]> {
  const task = madeTask();
  recordCalls(new MetaRecorder(() => task));
  try {
    await act();
  } finally {
    recordCalls(null);
  }
  // As it comes from another process.
  const through = (meta: object): object => structuredClone(meta);
  return [
    { by: 'a.test.ts', handed: handedBy(through(task.file.meta)) },
    { by: `a.test.ts > ${title}`, handed: handedBy(through(task.meta)) },
  ];
}

/** The report of one test. */
export async function coverageOf(act: () => Promise<unknown>, counting: Counting = OWN): Promise<Coverage> {
  return gatherCoverage(await recorded('takes something', act), counting);
}
