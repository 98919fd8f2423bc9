import type { ArrowName, Call, FlowModule, Witness } from '@hookswitch/dsl';
import type { TestView } from '../views.ts';
import { heardIn } from './recorded.ts';
import { writeTest } from './write-test.ts';

/** A way to an arrow of a chart, as exploration has found it. */
export interface Way {
  readonly arrow: ArrowName;
  readonly witness: Witness;
  /** The call with which exploration begins: what another has like it need not be said. */
  readonly usual: Call;
}

/** A vitest test of a call that takes an arrow last. */
export async function writeWayTest({ arrow, witness, usual }: Way, flow: FlowModule, file: string | null): Promise<TestView> {
  const { call, entries } = witness;
  const test = await writeTest({ flow, call, usual, file, showNumbers: true, answers: entries.map(heardIn) });
  const name = [arrow.from === 'idle' ? 'start' : arrow.from, arrow.label].map(slug).filter(Boolean).join('-');
  return { ...test, fileName: test.fileName.replace(/[^.]*\.test\.ts$/, `${name}.test.ts`) };
}

function slug(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
}
