import { renderDiagram } from '@hookswitch/console/inside';
import { type Chart, type DrawingOptions, explore, type FlowModule, toMermaid, toStately } from '@hookswitch/dsl';

type Draw = (chart: Chart, options: DrawingOptions) => string | Promise<string>;

const DRAWINGS = {
  mermaid: toMermaid,
  json: (chart, options) => JSON.stringify(toStately(chart, options), null, 2),
  svg: renderDiagram,
} as const satisfies Readonly<Record<string, Draw>>;

/** What `hookswitch graph` can draw a flow as. */
export type GraphFormat = keyof typeof DRAWINGS;

/** The names of the formats, the default first. */
export const GRAPH_FORMATS = Object.keys(DRAWINGS) as readonly GraphFormat[];

/** Explores a flow and draws its chart. */
export async function drawFlow(flow: FlowModule, format: GraphFormat, options: DrawingOptions = {}): Promise<string> {
  return DRAWINGS[format](explore(flow), options);
}
