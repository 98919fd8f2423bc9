import type { TakenParts } from '@hookswitch/dsl';
import type { ArrowView, ChartView, SiteView } from './chart-view.ts';
import { mergeLabels } from './merge-labels.ts';

/** What a node of a diagram is drawn as. A `jump` stands for a site that is drawn elsewhere. */
export type NodeKind = 'start' | 'capture' | 'bridge' | 'step' | 'waitFor' | 'settings' | 'ended' | 'failed' | 'unplaced' | 'jump';

/** A node before it has a place. */
export interface GraphNode {
  readonly id: string;
  readonly kind: NodeKind;
  /** The site that it shows or leads to; null for those that are no site. */
  readonly site: string | null;
  readonly title: string;
  /** First words of the prompt. */
  readonly text: string;
  /** The voice that says it; null where none is known. */
  readonly voice: string | null;
  /** Whether tests came here; absent where nobody asks. */
  readonly taken?: boolean;
}

/** All arrows from one node to another. */
export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Where its arrows begin and end on the chart, whatever stands there in the drawing. */
  readonly source: string;
  readonly target: string;
  readonly labels: readonly string[];
  /** `ended`: what happens when the caller hangs up. */
  readonly when: ArrowView['when'];
  /** Whether tests took it; absent where nobody asks. */
  readonly taken?: boolean;
}

/** A chart arranged for drawing. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Sources from which on a target's arrows are drawn as jumps, and the end once per source. */
const MANY_TO_SITE = 5;
const MANY_TO_END = 4;
/** Targets from which on a source's arrows are drawn as jumps, e.g. those of an operator who gives callers back to where they were. */
const MANY_FROM_SITE = 6;

/**
 * What of a chart is drawn: arrows with the same ends as one; hang-ups only where they lead to a step; and where many arrows lead to one place, a jump at each
 * source instead of a long line, except for the arrow by which the place is reached first. The same where one place leads to many.
 * With `taken`, answers that tests took and answers that none took are two arrows.
 */
export function arrangeGraph(chart: ChartView, taken?: TakenParts): Graph {
  const graph = arrange(chart, taken);
  return taken === undefined ? graph : { ...graph, nodes: graph.nodes.map((node) => ({ ...node, taken: isReached(node, graph, taken) })) };
}

/** Whether tests came to a node. Where a call begins they did, if it is drawn because they began it there. */
function isReached({ id, site, kind }: GraphNode, { edges }: Graph, taken: TakenParts): boolean {
  if (site !== null && kind !== 'jump') return taken.site(site);
  return edges.some((edge) => (kind === 'start' ? edge.from : edge.to) === id && edge.taken === true);
}

function arrange(chart: ChartView, taken: TakenParts | undefined): Graph {
  const sites = new Map(chart.sites.map((site) => [site.name, site]));
  const merged = mergeArrows(chart, sites, taken);
  const sources = sourcesOf(merged);
  const targets = targetsOf(merged);
  const firstFrom = firstSources(merged);
  const goesOnAfterEnd = merged.some(({ from }) => from === 'ended');
  const nodes = new Map<string, GraphNode>(chart.sites.map((site) => [site.name, siteNode(site)]));
  if (goesOnAfterEnd) nodes.set('ended', endNode('ended', 'ended'));
  const edges = merged.map((arrow): GraphEdge => {
    let edge = arrow;
    if (edge.from === 'idle') {
      // One for each place where calls begin, so that each stands beside it: what is looked at first is never a start alone.
      const id = nodes.has('idle') ? `idle@${edge.to}` : 'idle';
      nodes.set(id, { id, kind: 'start', site: null, title: 'call', text: '', voice: null });
      edge = { ...edge, from: id };
    }
    const many = sources.get(edge.to)?.size ?? 0;
    const isCrowded = many >= MANY_TO_SITE || (targets.get(edge.from) ?? 0) >= MANY_FROM_SITE;
    const to = isEnd(edge.to)
      ? endNode(edge.to, many >= MANY_TO_END && !goesOnAfterEnd ? `${edge.to}@${edge.from}` : edge.to)
      : placeOf(edge, sites.get(edge.to), isCrowded && firstFrom.get(edge.to) !== edge.from);
    if (!nodes.has(to.id)) nodes.set(to.id, to);
    return { ...edge, to: to.id };
  });
  return { nodes: [...nodes.values()], edges: edges.filter(({ from }) => nodes.has(from)) };
}

function mergeArrows(chart: ChartView, sites: ReadonlyMap<string, SiteView>, taken: TakenParts | undefined): readonly GraphEdge[] {
  const groups = new Map<string, ArrowView[]>();
  for (const arrow of chart.arrows) {
    const to = arrow.to === 'closed' ? 'ended' : arrow.to;
    if (arrow.from === 'ended' && !sites.has(to)) continue;
    if (arrow.when === 'ended' && sites.get(to)?.kind !== 'step') continue;
    const key = JSON.stringify([arrow.from, to, arrow.when, taken?.arrow(arrow)]);
    groups.set(key, [...(groups.get(key) ?? []), { ...arrow, to }]);
  }
  return [...groups].flatMap(([key, arrows], index) => {
    const [first] = arrows;
    if (first === undefined) return [];
    const [, , , wasTaken] = JSON.parse(key) as readonly [string, string, string, boolean | null | undefined];
    const { from, to, when } = first;
    const labels =
      when === 'answer'
        ? mergeLabels(
            arrows.map(({ label }) => label),
            sites.get(from)?.answers ?? [],
          )
        : when === 'ended'
          ? ['hang-up']
          : [];
    return [
      { id: `e${index}`, from, to, source: from, target: to, labels, when, ...(typeof wasTaken === 'boolean' ? { taken: wasTaken } : {}) },
    ];
  });
}

function sourcesOf(edges: readonly GraphEdge[]): ReadonlyMap<string, ReadonlySet<string>> {
  const sources = new Map<string, Set<string>>();
  for (const { from, to } of edges) if (from !== to) sources.set(to, (sources.get(to) ?? new Set()).add(from));
  return sources;
}

function targetsOf(edges: readonly GraphEdge[]): ReadonlyMap<string, number> {
  const targets = new Map<string, Set<string>>();
  // What is two edges only for what tests took of it counts once: the picture stays the same.
  for (const { from, to, when } of edges) if (from !== to) targets.set(from, (targets.get(from) ?? new Set()).add(`${when} ${to}`));
  return new Map([...targets].map(([from, { size }]) => [from, size]));
}

/** For each site the one that it is first reached from, breadth first. */
function firstSources(edges: readonly GraphEdge[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  const queue = ['idle'];
  for (let site = queue.shift(); site !== undefined; site = queue.shift()) {
    for (const { from, to, when } of edges) {
      if (from !== site || to === site || to === 'idle' || when === 'ended' || first.has(to)) continue;
      first.set(to, site);
      queue.push(to);
    }
  }
  return first;
}

/** Where an edge ends: at its site, or at a jump to it. */
function placeOf({ from, to }: GraphEdge, site: SiteView | undefined, crowded: boolean): GraphNode {
  if (site !== undefined && (from === to || !crowded)) return siteNode(site);
  return { id: `${to}@${from}`, kind: 'jump', site: to, title: to, text: '', voice: null };
}

function siteNode({ name, kind, prompts, voices }: SiteView): GraphNode {
  return { id: name, kind, site: name, title: name, text: prompts[0] ?? '', voice: voices[0] ?? null };
}

/** How each end is drawn: a flow has one that nobody is called in, where it declines an outbound call. */
const ENDS = {
  ended: { kind: 'ended', title: 'end' },
  failed: { kind: 'failed', title: 'failed' },
  'not placed': { kind: 'unplaced', title: 'not placed' },
} as const satisfies Readonly<Record<string, Pick<GraphNode, 'kind' | 'title'>>>;

function isEnd(name: string): name is keyof typeof ENDS {
  return Object.hasOwn(ENDS, name);
}

function endNode(end: keyof typeof ENDS, id: string): GraphNode {
  return { id, ...ENDS[end], site: null, text: '', voice: null };
}
