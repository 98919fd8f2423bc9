import { pan, reveal, type Size, type Viewport, zoom } from '../lib/viewport.ts';

/** Around a site that is brought in sight, pixels: the tools in the corner must not cover it. */
const MARGIN = 84;
/** Pointers that move less than this have clicked. */
const CLICK = 4;

/** The SVG inside its frame, and what pointers do to it. */
export class Board {
  flow = '';
  readonly svg: SVGSVGElement;
  readonly diagram: Size;
  view: Viewport = { x: 0, y: 0, width: 1, height: 1 };
  /** The site that was brought in sight last, until somebody looks elsewhere: it stays there when the frame changes, e.g. since a panel opens beside it. */
  #inSight: string | null = null;
  readonly #element: HTMLElement;
  readonly #onSelect: (site: string | null) => void;
  readonly #abort = new AbortController();
  readonly #resize: ResizeObserver;
  readonly #pointers = new Map<number, { x: number; y: number }>();
  #moved = 0;
  #animation = 0;

  constructor(element: HTMLElement, svg: string, onSelect: (site: string | null) => void) {
    this.#element = element;
    this.#onSelect = onSelect;
    // The server's own drawing, with every text escaped.
    element.innerHTML = svg;
    this.svg = element.querySelector('svg') as SVGSVGElement;
    const { width, height } = this.svg.viewBox.baseVal;
    this.diagram = { width: Math.max(1, width), height: Math.max(1, height) };
    const { signal } = this.#abort;
    element.addEventListener('pointerdown', (event) => this.#down(event), { signal });
    element.addEventListener('pointermove', (event) => this.#move(event), { signal });
    for (const name of ['pointerup', 'pointercancel'] as const) element.addEventListener(name, (event) => this.#up(event), { signal });
    element.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false });
    element.addEventListener('keydown', (event) => this.#key(event), { signal });
    let width0 = element.clientWidth;
    this.#resize = new ResizeObserver(() => {
      const scale = width0 / this.view.width;
      width0 = element.clientWidth;
      const { width: w, height: h } = this.frame;
      const kept = this.#inSight;
      this.show({ ...this.view, width: w / scale, height: h / scale });
      if (kept !== null) this.revealSite(kept);
    });
    this.#resize.observe(element);
  }

  get frame(): Size {
    return { width: Math.max(1, this.#element.clientWidth), height: Math.max(1, this.#element.clientHeight) };
  }

  /** Where calls begin. */
  get start(): { x: number; y: number } {
    const place = this.svg.querySelector<SVGGraphicsElement>('.hs-start')?.transform.baseVal.consolidate()?.matrix;
    return { x: place?.e ?? 0, y: place?.f ?? 0 };
  }

  show(view: Viewport): void {
    cancelAnimationFrame(this.#animation);
    this.#inSight = null;
    this.#set(view);
  }

  zoom(factor: number, at?: { x: number; y: number }): void {
    this.show(zoom(this.view, this.frame, factor, at));
  }

  pan(dx: number, dy: number): void {
    this.show(pan(this.view, this.frame, this.diagram, dx, dy));
  }

  nodeOf(site: string): SVGGraphicsElement | null {
    return this.svg.querySelector<SVGGraphicsElement>(`.hs-node[data-node="${CSS.escape(site)}"]`);
  }

  revealSite(site: string): void {
    const node = this.nodeOf(site);
    const place = node?.transform.baseVal.consolidate()?.matrix;
    if (node === null || place === undefined) return;
    this.#inSight = site;
    const { width, height } = node.getBBox();
    const margin = (MARGIN * this.view.width) / this.frame.width;
    const target = reveal(this.view, { x: place.e, y: place.f, width, height }, margin);
    if (target !== null) this.#glide(target);
  }

  close(): void {
    cancelAnimationFrame(this.#animation);
    this.#abort.abort();
    this.#resize.disconnect();
  }

  #set(view: Viewport): void {
    this.view = view;
    this.svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.width} ${view.height}`);
  }

  #glide(target: Viewport): void {
    cancelAnimationFrame(this.#animation);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return this.#set(target);
    const from = this.view;
    const begin = performance.now();
    const step = (now: number): void => {
      const part = Math.min(1, (now - begin) / 220);
      const eased = 1 - (1 - part) ** 3;
      this.#set({ ...target, x: from.x + (target.x - from.x) * eased, y: from.y + (target.y - from.y) * eased });
      if (part < 1) this.#animation = requestAnimationFrame(step);
    };
    this.#animation = requestAnimationFrame(step);
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    if (this.#pointers.size === 0) this.#moved = 0;
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  #move(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    const [other] = [...this.#pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    this.#moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    if (this.#moved > CLICK && !this.#element.hasPointerCapture(event.pointerId)) this.#element.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, now);
    if (other !== undefined) this.zoom(distance(now, other) / Math.max(1, distance(before, other)), this.#at(middle(now, other)));
    else if (this.#moved > CLICK) this.pan(before.x - now.x, before.y - now.y);
  }

  #up(event: PointerEvent): void {
    if (!this.#pointers.delete(event.pointerId) || event.type === 'pointercancel' || this.#moved > CLICK) return;
    const node = (event.target as Element).closest('[data-site]');
    this.#onSelect(node?.getAttribute('data-site') ?? null);
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.ctrlKey || event.metaKey || Math.abs(event.deltaX) < 1)
      this.zoom(Math.exp(-event.deltaY * lines * 0.002), this.#at({ x: event.clientX, y: event.clientY }));
    else this.pan(event.deltaX * lines, event.deltaY * lines);
  }

  /** Sites are buttons: Enter and the space bar select the one that has the focus. */
  #key(event: KeyboardEvent): void {
    const site = (event.target as Element).getAttribute('data-site');
    if (site === null || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    event.stopPropagation();
    this.#onSelect(site);
  }

  #at(point: { x: number; y: number }): { x: number; y: number } {
    const box = this.#element.getBoundingClientRect();
    return { x: (point.x - box.left) / box.width, y: (point.y - box.top) / box.height };
  }
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function middle(a: { x: number; y: number }, b: { x: number; y: number }): { x: number; y: number } {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
