import { basename } from 'node:path';
import { testSource } from '@hookswitch/dsl/inside/test-script';
import type { TestView } from '../views.ts';
import { playAgain } from './play-again.ts';
import type { Recorded } from './recorded.ts';

/** A vitest test, in the words of `@hookswitch/dsl/testing`, that plays a recorded call again. */
export async function writeTest(recorded: Recorded): Promise<TestView> {
  const replayed = await playAgain(recorded);
  const { flow, call, file } = recorded;
  const module = basename(file ?? `${flow.name}.ts`);
  return {
    code: testSource({ ...replayed, flow: flow.name, module }),
    fileName: `${module.replace(/\.[cm]?[jt]s$/, '')}.${new Date(call.startedAt).toISOString().slice(0, 10)}.test.ts`,
    notes: replayed.notes,
  };
}
