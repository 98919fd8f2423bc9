import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { FlowView } from '../../../src/views.ts';
import { shortcuts } from '../lib/shortcuts.ts';
import { Board } from './board.ts';
import { decorate, type Marks } from './diagram-marks.ts';
import { Icon } from './icons.tsx';
import { Minimap } from './minimap.ts';

interface Props extends Marks {
  readonly flow: FlowView;
  /** A call is on the phone beside it: digits are the phone's. */
  readonly hasPhone?: boolean;
  /** Keeps the lit site in sight. */
  readonly follow?: boolean;
  /** An outline beside it is the way for keyboards, and there is room for a map. */
  readonly hasOutline?: boolean;
  /** Writes figures into the drawing. */
  readonly paint?: ((svg: SVGSVGElement) => void) | undefined;
  readonly onSelect: (site: string | null) => void;
  /** An arrow was clicked: the site that it leaves. Without it, arrows are not to be clicked. */
  readonly onArrow?: (source: string) => void;
  /** A pointer has come to a site, which is there, or has left it. */
  readonly onPoint?: (site: string | null, element: Element | null) => void;
}

const KEY_STEP = 60;
const ZOOM_STEP = 1.25;

/** A flow's diagram to look at: drag or arrow keys move it, wheel, pinch or + and − change its size, a click selects a site. */
export function DiagramView(props: Props) {
  const { flow, lit, previous, counts, selected, found = null, follow = false, hasPhone = false, hasOutline = false, paint } = props;
  const { onSelect } = props;
  const frame = useRef<HTMLDivElement>(null);
  const corner = useRef<HTMLDivElement>(null);
  const board = useRef<Board | null>(null);
  const map = useRef<Minimap | null>(null);
  const handlers = useRef(props);
  handlers.current = props;

  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const before = board.current;
    // Who stood at a site stands there again on the new drawing.
    const held = before === null || !element.contains(document.activeElement) ? null : document.activeElement?.getAttribute('data-node');
    const middle = before === null || before.flow !== flow.chart.flow ? null : before.inTheMiddle;
    const made = new Board(element, flow.svg, {
      onSelect: (site) => handlers.current.onSelect(site),
      ...(handlers.current.onArrow === undefined ? {} : { onArrow: (source: string) => handlers.current.onArrow?.(source) }),
      onView: (view, size) => map.current?.show(view, size),
      onPoint: (site) => handlers.current.onPoint?.(site, site === null ? null : made.nodeOf(site)),
    });
    map.current = corner.current === null ? null : new Minimap(corner.current, made);
    if (before === null || middle === null) made.showAll(false);
    else made.takeOver(before, middle);
    made.flow = flow.chart.flow;
    board.current = made;
    if (held != null) {
      decorate(made.svg, handlers.current, !hasOutline);
      (made.nodeOf(held) ?? element).focus({ preventScroll: true });
    }
    return () => {
      made.close();
      map.current?.close();
      map.current = null;
    };
  }, [flow]);

  useEffect(() => {
    const { svg } = board.current ?? {};
    if (svg === undefined) return;
    decorate(svg, { lit, previous, counts, selected, found }, !hasOutline);
    map.current?.mark('minimap-selected', (site) => site === selected);
    map.current?.mark('minimap-found', (site) => found?.has(site) === true);
    if (follow && lit !== null) board.current?.revealSite(lit);
  }, [flow, lit, previous, counts, selected, found, follow, hasOutline]);
  useEffect(() => {
    const { svg } = board.current ?? {};
    if (svg !== undefined) paint?.(svg);
  }, [flow, paint]);
  useEffect(() => {
    if (selected !== null) board.current?.revealSite(selected, true);
  }, [flow, selected]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const made = board.current;
    if (made === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const showAll = (): void => made.showAll();
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => made.pan(-KEY_STEP, 0),
      ArrowRight: () => made.pan(KEY_STEP, 0),
      ArrowUp: () => made.pan(0, -KEY_STEP),
      ArrowDown: () => made.pan(0, KEY_STEP),
      Home: showAll,
      Escape: () => onSelect(null),
    };
    const characters: Readonly<Record<string, () => void>> = {
      '+': () => made.zoom(ZOOM_STEP),
      '=': () => made.zoom(ZOOM_STEP),
      '-': () => made.zoom(1 / ZOOM_STEP),
      ...(hasPhone ? {} : { '0': showAll }),
    };
    const move = moves[event.key] ?? (shortcuts.value ? characters[event.key] : undefined);
    if (move === undefined) return;
    event.preventDefault();
    move();
  };

  const goes = hasOutline ? 'the outline goes from site to site' : 'Tab goes from site to site';
  return (
    <div class="diagram" onKeyDown={onKeyDown}>
      <div
        ref={frame}
        class="diagram-frame"
        tabIndex={0}
        role="region"
        aria-label={`Diagram of ${flow.chart.flow}. Arrow keys move it, Home shows all of it, plus and minus zoom, ${goes}.`}
      />
      {hasOutline && <div ref={corner} class="minimap" aria-hidden="true" />}
      <div class="diagram-tools">
        <Tool label="Zoom in" hint="+" icon="plus" onClick={() => board.current?.zoom(ZOOM_STEP)} />
        <Tool label="Zoom out" hint="−" icon="minus" onClick={() => board.current?.zoom(1 / ZOOM_STEP)} />
        <Tool label="Show all" hint="Home" icon="fit" onClick={() => board.current?.showAll()} />
      </div>
    </div>
  );
}

interface ToolProps {
  readonly label: string;
  readonly hint: string;
  readonly icon: 'plus' | 'minus' | 'fit';
  readonly onClick: () => void;
}

function Tool({ label, hint, icon, onClick }: ToolProps) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={`${label} (${hint})`} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
