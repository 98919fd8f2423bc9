import type { ArrowName } from './taken-arrow.ts';

/** An arrow of any kind of chart. */
interface Leading {
  readonly from: string;
  readonly to: string;
  readonly universal: boolean;
}

/** What calls took of a chart. */
export interface TakenParts {
  readonly site: (name: string) => boolean;
  readonly arrow: (arrow: ArrowName) => boolean;
}

/** How a chart is drawn. */
export interface DrawingOptions {
  /** Draw what was taken with solid lines, and all else with dashed ones. @default everything is drawn alike */
  readonly taken?: TakenParts;
  /** Draw the arrows of the universal keys, too: they do the same wherever they work. @default false */
  readonly universalKeys?: boolean;
}

/** The arrows that are drawn: all but those of the universal keys; of these only what is needed to reach a site to which nothing else leads. */
export function plainArrows<A extends Leading>(arrows: readonly A[], { universalKeys = false }: DrawingOptions = {}): readonly A[] {
  if (universalKeys) return arrows;
  const kept = new Set(arrows.filter(({ universal }) => !universal));
  const reached = new Set(['idle']);
  for (;;) {
    for (const site of reached) for (const { from, to } of kept) if (from === site) reached.add(to);
    const needed = arrows.find((arrow) => !kept.has(arrow) && reached.has(arrow.from) && !reached.has(arrow.to));
    if (needed === undefined) return arrows.filter((arrow) => kept.has(arrow));
    kept.add(needed);
  }
}
