/** The part of a diagram that is shown, in the diagram's own pixels. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Below this scale texts can't be read: a diagram that would need less is shown in part. */
const SMALLEST_READABLE = 0.9;
const LARGEST_FIT = 1.15;
const SMALLEST = 0.12;
const LARGEST = 3;

/** The whole diagram where it can be read so; else the part around `start`, as large as can be read. */
export function fit(diagram: Size, frame: Size, whole = false, start = { x: 0, y: diagram.height / 2 }): Viewport {
  const exact = Math.min(frame.width / diagram.width, frame.height / diagram.height);
  const scale = Math.min(LARGEST_FIT, whole ? exact : Math.max(exact, SMALLEST_READABLE));
  const [width, height] = [frame.width / scale, frame.height / scale];
  return {
    width,
    height,
    x: width >= diagram.width ? (diagram.width - width) / 2 : Math.max(0, Math.min(start.x - width / 4, diagram.width - width)),
    y: height >= diagram.height ? (diagram.height - height) / 2 : Math.max(0, Math.min(start.y - height / 2, diagram.height - height)),
  };
}

/** Closer by `factor`, with the point at `at` (parts of the frame, 0..1) staying where it is. */
export function zoom(view: Viewport, frame: Size, factor: number, at = { x: 0.5, y: 0.5 }): Viewport {
  const scale = Math.min(LARGEST, Math.max(SMALLEST, (frame.width / view.width) * factor));
  const [width, height] = [frame.width / scale, frame.height / scale];
  return { x: view.x + (view.width - width) * at.x, y: view.y + (view.height - height) * at.y, width, height };
}

/** Moved by pixels of the screen, but never so far that nothing of the diagram is left. */
export function pan(view: Viewport, frame: Size, diagram: Size, dx: number, dy: number): Viewport {
  const scale = frame.width / view.width;
  const clamp = (value: number, length: number, shown: number): number => Math.min(length - shown * 0.15, Math.max(shown * -0.85, value));
  return { ...view, x: clamp(view.x + dx / scale, diagram.width, view.width), y: clamp(view.y + dy / scale, diagram.height, view.height) };
}

/** Moved so that a box is in sight with a margin around it, as far as there is room for one, and no more than that; null where it is in sight. */
export function reveal(view: Viewport, box: Viewport, margin: number): Viewport | null {
  const shift = (start: number, length: number, from: number, size: number): number => {
    const edge = Math.max(0, Math.min(margin, (length - size) / 2));
    if (from < start + edge) return from - edge - start;
    if (from + size > start + length - edge) return from + size + edge - start - length;
    return 0;
  };
  const [dx, dy] = [shift(view.x, view.width, box.x, box.width), shift(view.y, view.height, box.y, box.height)];
  return dx === 0 && dy === 0 ? null : { ...view, x: view.x + dx, y: view.y + dy };
}
