import { type Chart, type ChartArrow, compile, type CompiledFlow, type FlowModule } from '@hookswitch/dsl';

/** Arrows of a chart that the flow does not take when it is given the answers that they were found with. */
export function arrowsThatAreNot(flow: FlowModule, chart: Chart): readonly ChartArrow[] {
  const compiled = compile(flow, { chart, liveCache: 'off' });
  return chart.arrows.filter((arrow) => !leavesFrom(compiled, arrow) || !standsAt(compiled, arrow, arrow.witness.entries.length, arrow.to));
}

/** An arrow is one answer; two where a step still ends after the session has. */
function leavesFrom(compiled: CompiledFlow, arrow: ChartArrow): boolean {
  const { length } = arrow.witness.entries;
  if (arrow.from === 'idle') return length === 0;
  return [1, 2].some((answers) => answers <= length && standsAt(compiled, arrow, length - answers, arrow.from));
}

function standsAt(compiled: CompiledFlow, { witness }: ChartArrow, answers: number, site: string): boolean {
  return compiled.restore(witness.call, witness.entries.slice(0, answers), site).error?.constructor.name !== 'DivergenceError';
}
