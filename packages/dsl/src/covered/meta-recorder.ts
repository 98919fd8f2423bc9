import type { Chart } from '../chart/chart.ts';
import type { TakenArrow } from '../chart/taken-arrow.ts';
import type { CallMaker, CallRecorder } from '../testing/recorder.ts';
import { arrowKey, type Handed, type HandedArrows, type HandedChart, handChart, META } from './handed.ts';

/** A task of vitest, as far as it is needed. */
export interface Task {
  readonly meta: object;
}

/** A test of vitest, as far as it is needed. */
export interface TestTask extends Task {
  readonly file: Task & { readonly result?: { readonly state: string } | undefined };
}

type Meta = { [META]?: { charts?: HandedChart[]; taken?: HandedArrows[] } };
type Taking = readonly [chart: Chart, arrow: TakenArrow, maker: CallMaker];

/** Writes the arrows that calls take into the meta of the test that makes them. Calls outside of tests, in `beforeAll` say, are noted with the test or file that is at hand. */
export class MetaRecorder implements CallRecorder {
  readonly #current: () => TestTask | undefined;
  /** Of each file, the charts that it has. */
  readonly #charts = new WeakMap<Task, Set<Chart>>();
  #last: TestTask | undefined;
  #waiting: Taking[] = [];

  /** `current`: the test that runs now. */
  constructor(current: () => TestTask | undefined) {
    this.#current = current;
  }

  took(chart: Chart, arrow: TakenArrow, maker: CallMaker): void {
    const test = this.#current();
    if (test !== undefined) {
      this.#last = test;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const taking of [...waiting, [chart, arrow, maker] as const]) this.#note(test, test.file, taking);
      return;
    }
    // The test before may be of a file that is over, as files share a process where they are not isolated.
    const file = this.#last?.file;
    if (file !== undefined && file.result?.state === 'run') this.#note(file, file, [chart, arrow, maker]);
    else this.#waiting.push([chart, arrow, maker]);
  }

  #note(task: Task, file: Task, [chart, arrow, maker]: Taking): void {
    this.#noteChart(file, chart);
    const { flow, version } = chart;
    const taken = (metaOf(task).taken ??= []);
    let arrows = taken.find((one) => one.flow === flow && one.version === version && one.maker === maker)?.arrows;
    if (arrows === undefined) taken.push({ flow, version, maker, arrows: (arrows = {}) });
    const key = arrowKey(arrow);
    arrows[key] = (arrows[key] ?? 0) + 1;
  }

  #noteChart(file: Task, chart: Chart): void {
    let known = this.#charts.get(file);
    if (known === undefined) this.#charts.set(file, (known = new Set()));
    if (known.has(chart)) return;
    known.add(chart);
    const handed = handChart(chart);
    const charts = (metaOf(file).charts ??= []);
    const text = JSON.stringify(handed);
    if (!charts.some((one) => JSON.stringify(one) === text)) charts.push(handed);
  }
}

function metaOf(task: Task): NonNullable<Meta[typeof META]> {
  return ((task.meta as Meta)[META] ??= {});
}

/** What was written into a task's meta. */
export function handedBy(meta: object): Handed {
  return (meta as Meta)[META] ?? {};
}
