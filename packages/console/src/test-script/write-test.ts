import { basename } from 'node:path';
import { testSource } from '@hookswitch/dsl/inside/test-script';
import type { TestView } from '../views.ts';
import { playAgain } from './play-again.ts';
import type { Recorded } from './recorded.ts';

/** A vitest test, in the words of `@hookswitch/dsl/testing`, that plays a recorded call again. `notes` stand above it, besides its own. */
export async function writeTest(recorded: Recorded, notes: readonly string[] = []): Promise<TestView> {
  const played = await playAgain(recorded);
  const replayed = { ...played, notes: [...notes, ...played.notes] };
  const { flow, call, file } = recorded;
  const module = basename(file ?? `${flow.name}.ts`);
  return {
    code: testSource({ ...replayed, flow: flow.name, module }),
    fileName: `${module.replace(/\.[cm]?[jt]s$/, '')}.${new Date(call.startedAt).toISOString().slice(0, 10)}.test.ts`,
    notes: replayed.notes,
  };
}
