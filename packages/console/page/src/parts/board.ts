import { bring, type Box, centre, fit, pan, type Point, READABLE, reveal, type Size, type View, zoom } from '../lib/viewport.ts';
import { type Place, placesOf } from './places.ts';

/** Around a site that is brought in sight, pixels: the tools in the corner must not cover it. */
const MARGIN = 84;
/** Pointers that move less than this have clicked. */
const CLICK = 4;
const GLIDE = 220;
const SITES: ReadonlySet<string> = new Set(['capture', 'bridge', 'step', 'waitFor']);

/** What a board tells. */
export interface BoardEvents {
  /** A click, or a key, at a site; null for one beside all of them. */
  onSelect(site: string | null): void;
  /** A click at an arrow, or at its label: the site that it leaves. */
  onArrow?(source: string): void;
  /** What is seen has changed. */
  onView?(view: View, frame: Size): void;
  /** A pointer has come to a site, or has left it. */
  onPoint?(site: string | null): void;
}

/**
 * The SVG inside its frame, and what pointers do to it. It lies on a plane that is moved by its transform alone, so that a browser has nothing to lay out
 * or to paint while it moves.
 */
export class Board {
  flow = '';
  readonly svg: SVGSVGElement;
  readonly diagram: Size;
  /** Where each node is, by its name. */
  readonly places: ReadonlyMap<string, Place>;
  #view: View = { x: 0, y: 0, scale: 1 };
  #frame: Size;
  /** The site that was brought in sight last, until somebody looks elsewhere: it stays there when the frame changes, e.g. since a panel opens beside it. */
  #inSight: string | null = null;
  /** Nothing was seen yet: the frame has no size while it is hidden. */
  #isNew = true;
  readonly #element: HTMLElement;
  readonly #plane: HTMLElement;
  readonly #events: BoardEvents;
  readonly #abort = new AbortController();
  readonly #resize: ResizeObserver;
  readonly #pointers = new Map<number, Point>();
  #moved = 0;
  #animation = 0;

  constructor(element: HTMLElement, svg: string, events: BoardEvents) {
    this.#element = element;
    this.#events = events;
    // The server's own drawing, with every text escaped.
    element.innerHTML = `<div class="diagram-plane">${svg}</div>`;
    this.#plane = element.firstElementChild as HTMLElement;
    this.svg = element.querySelector('svg') as SVGSVGElement;
    const { width, height } = this.svg.viewBox.baseVal;
    this.diagram = { width: Math.max(1, width), height: Math.max(1, height) };
    this.svg.style.width = `${this.diagram.width}px`;
    this.svg.style.height = `${this.diagram.height}px`;
    this.places = placesOf(this.svg);
    this.#frame = sizeOf(element);
    const { signal } = this.#abort;
    element.addEventListener('pointerdown', (event) => this.#down(event), { signal });
    element.addEventListener('pointermove', (event) => this.#move(event), { signal });
    for (const name of ['pointerup', 'pointercancel'] as const) element.addEventListener(name, (event) => this.#up(event), { signal });
    element.addEventListener('pointerover', (event) => this.#point(event), { signal });
    element.addEventListener('pointerleave', () => events.onPoint?.(null), { signal });
    element.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false });
    element.addEventListener('keydown', (event) => this.#key(event), { signal });
    this.#resize = new ResizeObserver(() => this.#resized());
    this.#resize.observe(element);
  }

  get view(): View {
    return this.#view;
  }

  get frame(): Size {
    return this.#frame;
  }

  /** The whole of it, or what can be read of it from where calls begin. */
  showAll(isWhole = true): void {
    this.show(fit(this.diagram, this.#frame, isWhole, this.#start()));
  }

  show(view: View): void {
    cancelAnimationFrame(this.#animation);
    this.#inSight = null;
    this.#set(view);
  }

  zoom(factor: number, at?: Point): void {
    this.show(zoom(this.#view, this.#frame, this.diagram, factor, at));
  }

  pan(dx: number, dy: number): void {
    this.show(pan(this.#view, this.#frame, this.diagram, dx, dy));
  }

  /** The site that is nearest to the middle of what is seen. */
  get inTheMiddle(): string | null {
    const { x, y, scale } = this.#view;
    const point = { x: x + this.#frame.width / scale / 2, y: y + this.#frame.height / scale / 2 };
    const away = ({ x: left, y: top, width, height }: Place): number => distance({ x: left + width / 2, y: top + height / 2 }, point);
    const sites = [...this.places].filter(([, { kind }]) => SITES.has(kind));
    return sites.toSorted(([, one], [, other]) => away(one) - away(other))[0]?.[0] ?? null;
  }

  /** Looks at `site` as the board before it did: another drawing of a flow has it elsewhere. */
  takeOver(before: Board, site: string): void {
    const [was, is] = [before.places.get(site), this.places.get(site)];
    if (was === undefined || is === undefined) return this.show(before.view);
    const { x, y, scale } = before.view;
    this.show({ scale, x: x + is.x - was.x, y: y + is.y - was.y });
  }

  /** Around a point of the diagram. */
  lookAt(point: Point): void {
    this.show(centre(this.#view, this.#frame, point));
  }

  nodeOf(site: string): SVGGraphicsElement | null {
    return this.svg.querySelector<SVGGraphicsElement>(`.hs-node[data-node="${CSS.escape(site)}"]`);
  }

  /** Moves no more than is needed to see a site; `isRead`: it becomes large enough to be read, too. */
  revealSite(site: string, isRead = false): void {
    const place = this.places.get(site);
    if (place === undefined) return;
    this.#inSight = site;
    const target =
      isRead && this.#view.scale < READABLE ? bring(this.#view, this.#frame, place) : reveal(this.#view, this.#frame, place, MARGIN);
    if (target !== null) this.#glide(target);
  }

  /** Where a node is within the frame, in pixels of the screen. */
  boxOf(site: string): Box | null {
    const place = this.places.get(site);
    if (place === undefined) return null;
    const { x, y, scale } = this.#view;
    return { x: (place.x - x) * scale, y: (place.y - y) * scale, width: place.width * scale, height: place.height * scale };
  }

  close(): void {
    cancelAnimationFrame(this.#animation);
    this.#abort.abort();
    this.#resize.disconnect();
  }

  /** Where calls begin. */
  #start(): Place | undefined {
    return [...this.places.values()].find(({ kind }) => kind === 'start');
  }

  #set(view: View): void {
    const { scale } = this.#view;
    this.#view = view;
    this.#plane.style.transform = `translate3d(${-view.x * view.scale}px, ${-view.y * view.scale}px, 0)`;
    if (this.#isNew || scale !== view.scale) this.svg.style.transform = `scale(${view.scale})`;
    this.#isNew = false;
    this.#events.onView?.(view, this.#frame);
  }

  #resized(): void {
    const before = this.#frame;
    this.#frame = sizeOf(this.#element);
    const kept = this.#inSight;
    if (before.width <= 1) this.showAll(false);
    else this.show(this.#view);
    if (kept !== null) this.revealSite(kept);
  }

  #glide(target: View): void {
    cancelAnimationFrame(this.#animation);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return this.#set(target);
    const from = this.#view;
    const begin = performance.now();
    const step = (now: number): void => {
      const part = Math.min(1, (now - begin) / GLIDE);
      const eased = 1 - (1 - part) ** 3;
      const between = (start: number, end: number): number => start + (end - start) * eased;
      this.#set(
        part < 1 ? { x: between(from.x, target.x), y: between(from.y, target.y), scale: between(from.scale, target.scale) } : target,
      );
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
    if (this.#moved > CLICK && !this.#element.hasPointerCapture(event.pointerId)) {
      this.#element.setPointerCapture(event.pointerId);
      this.#events.onPoint?.(null);
    }
    this.#pointers.set(event.pointerId, now);
    if (other !== undefined) this.zoom(distance(now, other) / Math.max(1, distance(before, other)), this.#at(middle(now, other)));
    else if (this.#moved > CLICK) this.pan(before.x - now.x, before.y - now.y);
  }

  #up(event: PointerEvent): void {
    if (!this.#pointers.delete(event.pointerId) || event.type === 'pointercancel' || this.#moved > CLICK) return;
    const site = siteAt(event);
    const source = site === null ? (event.target as Element).closest('[data-source]')?.getAttribute('data-source') : null;
    if (source == null || this.#events.onArrow === undefined) this.#events.onSelect(site);
    else this.#events.onArrow(source);
  }

  #point(event: PointerEvent): void {
    if (this.#pointers.size === 0 && event.pointerType !== 'touch') this.#events.onPoint?.(siteAt(event));
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
    this.#events.onSelect(site);
  }

  #at(point: Point): Point {
    const box = this.#element.getBoundingClientRect();
    return { x: (point.x - box.left) / box.width, y: (point.y - box.top) / box.height };
  }
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement): Size {
  return { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight) };
}

function siteAt({ target }: Event): string | null {
  return (target as Element).closest('[data-site]')?.getAttribute('data-site') ?? null;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
