/** What is shown of a diagram: the point of it in the corner of the frame, in the diagram's own pixels, and how large it is drawn. */
export interface View {
  readonly x: number;
  readonly y: number;
  /** Pixels of the screen for each pixel of the diagram. */
  readonly scale: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A place on a diagram. */
export interface Box extends Point, Size {}

/** Below this scale texts can't be read: a diagram that would need less is shown in part. */
export const READABLE = 0.9;
const LARGEST_FIT = 1.15;
/** A diagram that needs less to be seen whole may be drawn smaller still. */
const SMALLEST = 0.12;
const LARGEST = 3;

/** The whole diagram where it can be read so; else the part around `start`, as large as can be read. */
export function fit(diagram: Size, frame: Size, whole = false, start = { x: 0, y: diagram.height / 2 }): View {
  const exact = exactScale(diagram, frame);
  const scale = Math.min(LARGEST_FIT, whole ? exact : Math.max(exact, READABLE));
  const [width, height] = [frame.width / scale, frame.height / scale];
  return {
    scale,
    x: width >= diagram.width ? (diagram.width - width) / 2 : Math.max(0, Math.min(start.x - width / 4, diagram.width - width)),
    y: height >= diagram.height ? (diagram.height - height) / 2 : Math.max(0, Math.min(start.y - height / 2, diagram.height - height)),
  };
}

/** Closer by `factor`, with the point at `at` (parts of the frame, 0..1) staying where it is. Less than 1 never enlarges, more never makes smaller. */
export function zoom(view: View, frame: Size, diagram: Size, factor: number, at = { x: 0.5, y: 0.5 }): View {
  const wanted = view.scale * factor;
  const smallest = Math.min(SMALLEST, exactScale(diagram, frame));
  const scale = factor < 1 ? Math.min(view.scale, Math.max(smallest, wanted)) : Math.max(view.scale, Math.min(LARGEST, wanted));
  const shift = (length: number, part: number): number => (length / view.scale - length / scale) * part;
  return { scale, x: view.x + shift(frame.width, at.x), y: view.y + shift(frame.height, at.y) };
}

/** Moved by pixels of the screen, but never so far that nothing of the diagram is left. */
export function pan(view: View, frame: Size, diagram: Size, dx: number, dy: number): View {
  const { scale } = view;
  const clamp = (value: number, length: number, shown: number): number => Math.min(length - shown * 0.15, Math.max(shown * -0.85, value));
  return {
    scale,
    x: clamp(view.x + dx / scale, diagram.width, frame.width / scale),
    y: clamp(view.y + dy / scale, diagram.height, frame.height / scale),
  };
}

/** The same scale, around a point of the diagram. */
export function centre({ scale }: View, frame: Size, { x, y }: Point): View {
  return { scale, x: x - frame.width / scale / 2, y: y - frame.height / scale / 2 };
}

/** A box in the middle of the frame, large enough to be read. */
export function bring(view: View, frame: Size, box: Box): View {
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  return centre({ ...view, scale: Math.max(READABLE, view.scale) }, frame, middle);
}

/** Moved so that a box is in sight with a margin around it, in pixels of the screen, as far as there is room for one, and no more than that; null where it is in sight. */
export function reveal(view: View, frame: Size, box: Box, margin: number): View | null {
  const shift = (start: number, length: number, from: number, size: number): number => {
    const edge = Math.max(0, Math.min(margin / view.scale, (length - size) / 2));
    if (from < start + edge) return from - edge - start;
    if (from + size > start + length - edge) return from + size + edge - start - length;
    return 0;
  };
  const dx = shift(view.x, frame.width / view.scale, box.x, box.width);
  const dy = shift(view.y, frame.height / view.scale, box.y, box.height);
  return dx === 0 && dy === 0 ? null : { ...view, x: view.x + dx, y: view.y + dy };
}

function exactScale(diagram: Size, frame: Size): number {
  return Math.min(frame.width / diagram.width, frame.height / diagram.height);
}
