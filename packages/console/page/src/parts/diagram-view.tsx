import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { FlowView } from '../../../src/views.ts';
import { shortcuts } from '../lib/shortcuts.ts';
import { fit } from '../lib/viewport.ts';
import { Board } from './board.ts';
import { decorate, type Marks } from './diagram-marks.ts';
import { Icon } from './icons.tsx';

interface Props extends Marks {
  readonly flow: FlowView;
  /** A call is on the phone beside it: digits are the phone's. */
  readonly hasPhone?: boolean;
  /** Keeps the lit site in sight. */
  readonly follow?: boolean;
  readonly onSelect: (site: string | null) => void;
}

const KEY_STEP = 60;
const ZOOM_STEP = 1.25;

/** A flow's diagram to look at: drag or arrow keys move it, wheel, pinch or + and − change its size, a click selects a site. */
export function DiagramView({ flow, lit, previous, counts, selected, follow = false, hasPhone = false, onSelect }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const board = useRef<Board | null>(null);

  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const before = board.current;
    // Who stood at a site stands there again on the new drawing.
    const held = before === null || !element.contains(document.activeElement) ? null : document.activeElement?.getAttribute('data-node');
    const made = new Board(element, flow.svg, onSelect);
    made.show(before !== null && before.flow === flow.chart.flow ? before.view : fit(made.diagram, made.frame, false, made.start));
    made.flow = flow.chart.flow;
    board.current = made;
    if (held != null) {
      decorate(made.svg, { lit, previous, counts, selected });
      (made.nodeOf(held) ?? element).focus({ preventScroll: true });
    }
    return () => made.close();
  }, [flow]);

  useEffect(() => {
    const { svg } = board.current ?? {};
    if (svg === undefined) return;
    decorate(svg, { lit, previous, counts, selected });
    if (follow && lit !== null) board.current?.revealSite(lit);
  }, [flow, lit, previous, counts, selected, follow]);
  useEffect(() => {
    if (selected !== null) board.current?.revealSite(selected);
  }, [flow, selected]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const made = board.current;
    if (made === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const showAll = (): void => made.show(fit(made.diagram, made.frame, true));
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

  return (
    <div class="diagram" onKeyDown={onKeyDown}>
      <div
        ref={frame}
        class="diagram-frame"
        tabIndex={0}
        role="region"
        aria-label={`Diagram of ${flow.chart.flow}. Arrow keys move it, Home shows all of it, plus and minus zoom, Tab goes from site to site.`}
      />
      <div class="diagram-tools">
        <button type="button" class="icon-button" aria-label="Zoom in" title="Zoom in (+)" onClick={() => board.current?.zoom(ZOOM_STEP)}>
          <Icon name="plus" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="Zoom out"
          title="Zoom out (−)"
          onClick={() => board.current?.zoom(1 / ZOOM_STEP)}
        >
          <Icon name="minus" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="Show all"
          title="Show all (Home)"
          onClick={() => {
            const made = board.current;
            made?.show(fit(made.diagram, made.frame, true));
          }}
        >
          <Icon name="fit" />
        </button>
      </div>
    </div>
  );
}
