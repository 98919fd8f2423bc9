import type { Size, View } from '../lib/viewport.ts';
import type { Board } from './board.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** The largest that it becomes, pixels. */
const LARGEST: Size = { width: 176, height: 110 };

/** The whole of a diagram in a corner, with what is seen of it: a click or a drag looks there. For pointers alone; everybody else has the outline. */
export class Minimap {
  readonly #element: HTMLElement;
  readonly #board: Board;
  readonly #scale: number;
  readonly #glass = document.createElement('div');
  readonly #boxes = new Map<string, SVGRectElement>();
  readonly #abort = new AbortController();
  #shown = '';

  constructor(element: HTMLElement, board: Board) {
    this.#element = element;
    this.#board = board;
    const { diagram } = board;
    this.#scale = Math.min(LARGEST.width / diagram.width, LARGEST.height / diagram.height);
    const svg = make('svg', {
      viewBox: `0 0 ${diagram.width} ${diagram.height}`,
      width: diagram.width * this.#scale,
      height: diagram.height * this.#scale,
    });
    for (const [name, { x, y, width, height, kind }] of board.places) {
      if (kind === 'jump') continue;
      const box = make('rect', { x, y, width, height, class: `hs-${kind}` });
      this.#boxes.set(name, box);
      svg.append(box);
    }
    this.#glass.className = 'minimap-glass';
    element.replaceChildren(svg, this.#glass);
    const { signal } = this.#abort;
    element.addEventListener('pointerdown', (event) => this.#look(event, true), { signal });
    element.addEventListener('pointermove', (event) => element.hasPointerCapture(event.pointerId) && this.#look(event, false), { signal });
  }

  /** Shows what is seen; where that is all of it, there is nothing to show. */
  show({ x, y, scale }: View, frame: Size): void {
    const { diagram } = this.#board;
    const [width, height] = [frame.width / scale, frame.height / scale];
    this.#element.hidden = x <= 0 && y <= 0 && x + width >= diagram.width && y + height >= diagram.height;
    this.#glass.style.transform = `translate(${x * this.#scale}px, ${y * this.#scale}px)`;
    const size = `${width} ${height}`;
    if (size === this.#shown) return;
    this.#shown = size;
    this.#glass.style.width = `${width * this.#scale}px`;
    this.#glass.style.height = `${height * this.#scale}px`;
  }

  /** Marks sites by a class. */
  mark(name: string, isMarked: (site: string) => boolean): void {
    for (const [site, box] of this.#boxes) box.classList.toggle(name, isMarked(site));
  }

  close(): void {
    this.#abort.abort();
    this.#element.replaceChildren();
  }

  #look(event: PointerEvent, isFirst: boolean): void {
    if (isFirst) this.#element.setPointerCapture(event.pointerId);
    event.preventDefault();
    const { left, top } = (this.#element.firstElementChild as Element).getBoundingClientRect();
    this.#board.lookAt({ x: (event.clientX - left) / this.#scale, y: (event.clientY - top) / this.#scale });
  }
}

function make<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  return element;
}
