import type { ElkExtendedEdge, ElkNode } from 'elkjs';
import { runElk } from './elk.ts';
import type { Graph, GraphEdge, GraphNode } from './graph.ts';
import { BOLD, cutText, textWidth, wrapText } from './text-box.ts';

/** Font sizes of the diagram, pixels. */
export const FONT = { title: 13, text: 11.5, label: 11.5 } as const;
/** Height of one line of text, pixels. */
export const LINE = { text: 16, label: 15, figure: 18 } as const;
/** Inside a box: left and right of texts, and what the icon takes. */
export const PADDING = 12;
export const ICON = 26;

const SITE_WIDTH = 216;
const MAX_LABEL_LINES = 3;
const LABEL_WIDTH = 132;
/** What `100 % · 12,345` takes. */
const FIGURE_WIDTH = 88;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node with its place and its texts cut to size. */
export interface PlacedNode extends GraphNode, Point {
  readonly width: number;
  readonly height: number;
  readonly shownTitle: string;
  readonly lines: readonly string[];
}

/** An edge with its course and the place of its label. */
export interface PlacedEdge extends GraphEdge {
  readonly points: readonly Point[];
  readonly label: (Point & LabelBox) | null;
}

/** A graph that can be drawn. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** Whether there is room for figures, a line in each box and at each arrow. */
  readonly hasFigures: boolean;
}

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.padding': '[top=16,left=16,bottom=16,right=16]',
  'elk.spacing.nodeNode': '24',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.edgeLabel': '4',
  'elk.spacing.nodeSelfLoop': '12',
  'elk.layered.spacing.nodeNodeBetweenLayers': '36',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.edgeLabels.sideSelection': 'SMART_DOWN',
  'elk.separateConnectedComponents': 'false',
} as const;

/** Gives every node and arrow its place; `hasFigures`: with room for them. */
export async function layOut(graph: Graph, hasFigures = false): Promise<Layout> {
  const room = hasFigures ? LINE.figure : 0;
  const boxes = new Map(graph.nodes.map((node) => [node.id, boxOf(node, room)]));
  const labels = new Map(graph.edges.map((edge) => [edge.id, labelBox(edge, room)]));
  const root: ElkNode = {
    id: 'root',
    layoutOptions: OPTIONS,
    children: graph.nodes.map(({ id, kind }) => ({
      id,
      width: boxes.get(id)?.width ?? 0,
      height: boxes.get(id)?.height ?? 0,
      ...(kind === 'start' ? { layoutOptions: { 'elk.layered.layering.layerConstraint': 'FIRST' } } : {}),
    })),
    edges: graph.edges.map(({ id, from, to }): ElkExtendedEdge => {
      const label = labels.get(id) ?? null;
      const inline = { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' };
      return {
        id,
        sources: [from],
        targets: [to],
        labels: label === null ? [] : [{ text: id, width: label.width, height: label.height, layoutOptions: from === to ? {} : inline }],
      };
    }),
  };
  const placed = await runElk(root, graph.nodes.length);
  const places = new Map(placed.children?.map((child) => [child.id, child]));
  const courses = new Map(placed.edges?.map((edge) => [edge.id, edge]));
  return {
    width: Math.ceil(placed.width ?? 0),
    height: Math.ceil(placed.height ?? 0),
    hasFigures,
    nodes: graph.nodes.map((node) => {
      const box = boxes.get(node.id) as Box;
      const { x = 0, y = 0 } = places.get(node.id) ?? {};
      return { ...node, ...box, x, y };
    }),
    edges: graph.edges.map((edge) => placeEdge(edge, courses.get(edge.id), labels.get(edge.id) ?? null)),
  };
}

type Box = Pick<PlacedNode, 'width' | 'height' | 'shownTitle' | 'lines'>;

function boxOf({ kind, title, text }: GraphNode, room: number): Box {
  const bare = { shownTitle: title, lines: [] };
  switch (kind) {
    case 'start':
      return { ...bare, width: 36, height: 36 };
    case 'ended':
    case 'failed':
      return { ...bare, width: 26, height: 26 };
    case 'unplaced':
    case 'jump': {
      const shownTitle = cutText(title, FONT.label, 150);
      return { shownTitle, lines: [], width: textWidth(shownTitle, FONT.label) + 34, height: 26 };
    }
    default: {
      const lines = wrapText(text, FONT.text, SITE_WIDTH - 2 * PADDING, 2);
      const shownTitle = cutText(title, FONT.title * BOLD, SITE_WIDTH - 2 * PADDING - ICON - 4);
      return { shownTitle, lines, width: SITE_WIDTH, height: room + (lines.length === 0 ? 44 : 46 + lines.length * LINE.text) };
    }
  }
}

interface LabelBox {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
  /** A line is left for a figure, below the others. */
  readonly hasFigure: boolean;
}

function labelBox({ labels, when }: GraphEdge, room: number): LabelBox | null {
  // What happens after a hang-up has no share of what callers choose.
  const hasFigure = room > 0 && when !== 'ended';
  if (labels.length === 0 && !hasFigure) return null;
  const lines = wrapText(labels.join(', '), FONT.label * BOLD, LABEL_WIDTH, MAX_LABEL_LINES);
  const width = Math.max(hasFigure ? FIGURE_WIDTH : 0, ...lines.map((line) => textWidth(line, FONT.label * BOLD))) + 14;
  return { lines, width, height: lines.length * LINE.label + 6 + (hasFigure ? LINE.label : 0), hasFigure };
}

function placeEdge(edge: GraphEdge, course: ElkExtendedEdge | undefined, label: LabelBox | null): PlacedEdge {
  const points = (course?.sections ?? []).flatMap(({ startPoint, bendPoints, endPoint }) => [startPoint, ...(bendPoints ?? []), endPoint]);
  const { x = 0, y = 0 } = course?.labels?.[0] ?? {};
  return { ...edge, points, label: label === null ? null : { ...label, x, y } };
}
