import type { Chart, Entry, Witness } from '@hookswitch/dsl';
import type { Way } from './test-script/way.ts';

/** Steps that run one after the other behind an arrow, at most. */
const MAX_STEPS = 20;

/** How each arrow of a chart is reached, in their order. */
export function waysOf({ arrows, sites }: Chart): readonly Way[] {
  const usual = arrows.find(({ from }) => from === 'idle')?.witness.call;
  if (usual === undefined) return [];
  const isStep = (site: string): boolean => sites.get(site)?.kind === 'step';
  return arrows.map(({ from, label, to, when, witness }) => ({
    arrow: { from, label, to, when },
    witness: { ...plain(witness), entries: [...witness.entries, ...results(to)] },
    usual,
  }));

  /** What steps that an arrow leads to have as examples, until somebody is asked again: a test has to say it. */
  function results(to: string): readonly Entry[] {
    const found: Entry[] = [];
    for (let at = to; isStep(at) && found.length < MAX_STEPS;) {
      const next = arrows.find((arrow) => arrow.from === at && arrow.when === 'answer' && arrow.to !== at);
      const result = next?.witness.entries.at(-1);
      if (next === undefined || result === undefined) break;
      found.push(result);
      at = next.to;
    }
    return found;
  }
}

function plain({ call, entries, labels }: Witness): Witness {
  return { call, entries, labels };
}
