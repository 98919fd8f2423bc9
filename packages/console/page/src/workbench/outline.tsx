import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChartView } from '../../../src/views.ts';
import { count } from '../lib/format.ts';
import { above, type Branch, branchesOf, type Row, rowsOf, sitesOf } from './outline-tree.ts';
import type { OutlineLayer } from './row-says.ts';

/** Sites from which on an outline is folded at first. */
const FOLD_FROM = 25;
const KINDS = {
  capture: 'takes keys',
  bridge: 'connects to somebody',
  step: 'runs code',
  waitFor: 'waits for a signal',
  settings: 'reads settings',
} as const;

interface Props {
  readonly chart: ChartView;
  readonly layer: OutlineLayer;
  /** Sites that somebody looks for; null while nobody does. */
  readonly found: ReadonlySet<string> | null;
  readonly selected: string | null;
  readonly onSelect: (site: string) => void;
  /** The pointer or the focus has come to the line of a site, or has left it. */
  readonly onPoint: (site: string | null, element: Element | null) => void;
}

/** The sites of a flow as a tree, folded by what their names begin with: the way to them for keyboards and for those who listen. */
export function Outline({ chart, layer, found, selected, onSelect, onPoint }: Props) {
  const branches = useMemo(() => branchesOf(chart.sites.map(({ name }) => name)), [chart]);
  const kinds = useMemo(() => new Map(chart.sites.map(({ name, kind }) => [name, kind])), [chart]);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const isOpen = (path: string): boolean => toggled.has(path) !== chart.sites.length < FOLD_FROM;
  const rows = rowsOf(branches, isOpen, found === null ? null : (site) => found.has(site));
  const [active, setActive] = useState<string | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const current = rows.find(({ branch }) => branch.path === active) ?? rows.find(({ branch }) => branch.path === selected) ?? rows[0];

  const open = (path: string, isWanted: boolean): void => {
    if (isOpen(path) === isWanted) return;
    setToggled((before) => {
      const next = new Set(before);
      if (!next.delete(path)) next.add(path);
      return next;
    });
  };
  // What is selected anywhere is seen here.
  useEffect(() => {
    if (selected === null) return;
    for (const path of above(branches, selected)) open(path, true);
    setActive(selected);
  }, [selected, branches]);
  useEffect(() => {
    if (selected !== null) rowElement(tree.current, selected)?.scrollIntoView({ block: 'nearest' });
  }, [selected, rows.length]);

  const go = (row: Row | undefined): void => {
    if (row === undefined) return;
    setActive(row.branch.path);
    rowElement(tree.current, row.branch.path)?.focus();
  };
  const choose = ({ branch, isOpen: open0 }: Row): void => {
    if (branch.isSite) onSelect(branch.path);
    else open(branch.path, open0 !== true);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const index = rows.findIndex((row) => row === current);
    const row = rows[index];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const parent = rows.slice(0, index).findLast(({ level }) => level < row.level);
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(rows[index + 1]),
      ArrowUp: () => go(rows[index - 1]),
      Home: () => go(rows[0]),
      End: () => go(rows.at(-1)),
      ArrowRight: () => (row.isOpen === false ? open(row.branch.path, true) : row.isOpen === true ? go(rows[index + 1]) : undefined),
      ArrowLeft: () => (row.isOpen === true && found === null ? open(row.branch.path, false) : go(parent)),
      Enter: () => choose(row),
      ' ': () => choose(row),
    };
    const typed = event.key.length === 1 && event.key !== '/' ? () => go(nextNamed(rows, index, event.key)) : undefined;
    const act = keys[event.key] ?? typed;
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  return (
    <section class="outline" aria-label="Outline">
      <div class="outline-head" aria-hidden="true">
        <span>Site</span>
        {layer.heads.map((head) => (
          <span key={head}>{head}</span>
        ))}
      </div>
      {rows.length === 0 ? (
        <p class="outline-none soft">No site has all of these words in its name, prompts or answers.</p>
      ) : (
        <div ref={tree} role="tree" aria-label={`Sites of ${chart.flow}`} class="outline-tree" onKeyDown={onKeyDown}>
          {rows.map((row) => (
            <Line
              key={row.branch.path}
              row={row}
              kind={kinds.get(row.branch.path) ?? null}
              layer={layer}
              isSelected={row.branch.path === selected}
              isCurrent={row === current}
              onChoose={() => {
                setActive(row.branch.path);
                choose(row);
              }}
              onToggle={() => open(row.branch.path, row.isOpen !== true)}
              onPoint={onPoint}
            />
          ))}
        </div>
      )}
      <ul class="legend" aria-label="Kinds of sites">
        <li class="legend-capture">keys</li>
        <li class="legend-bridge">bridge</li>
        <li class="legend-step">code</li>
      </ul>
    </section>
  );
}

interface LineProps {
  readonly row: Row;
  readonly kind: keyof typeof KINDS | null;
  readonly layer: OutlineLayer;
  readonly isSelected: boolean;
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
  readonly onToggle: () => void;
  readonly onPoint: Props['onPoint'];
}

function Line({ row, kind, layer, isSelected, isCurrent, onChoose, onToggle, onPoint }: LineProps) {
  const { branch, level, position, siblings, isOpen } = row;
  const says = layer.says(isOpen === true && branch.isSite ? [branch.path] : isOpen === true ? [] : sitesOf(branch));
  const point = ({ currentTarget }: { readonly currentTarget: Element }): void =>
    onPoint(branch.isSite ? branch.path : null, currentTarget);
  return (
    <div
      role="treeitem"
      class={`outline-row${kind === null ? '' : ` outline-${kind}`}`}
      data-row={branch.path}
      style={{ '--level': level }}
      tabIndex={isCurrent ? 0 : -1}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={isSelected}
      aria-expanded={isOpen ?? undefined}
      onClick={onChoose}
      onFocus={point}
      onBlur={() => onPoint(null, null)}
      onMouseEnter={point}
      onMouseLeave={() => onPoint(null, null)}
    >
      <span class="outline-fold" onClick={(event) => isOpen !== null && (event.stopPropagation(), onToggle())} />
      <span class="outline-name">
        {branch.name}
        <span class="hidden">, {[kind === null ? groupSays(branch) : KINDS[kind], says.words].filter(Boolean).join(', ')}</span>
      </span>
      {layer.heads.map((head, index) => (
        <span key={head} class="outline-figure" aria-hidden="true">
          {says.columns[index] ?? ''}
        </span>
      ))}
    </div>
  );
}

function groupSays(branch: Branch): string {
  return count(sitesOf(branch).length, 'site');
}

function rowElement(tree: HTMLElement | null, path: string): HTMLElement | null {
  return tree?.querySelector<HTMLElement>(`[data-row="${CSS.escape(path)}"]`) ?? null;
}

/** The next line that begins with a character, round the end. */
function nextNamed(rows: readonly Row[], from: number, character: string): Row | undefined {
  const round = [...rows.slice(from + 1), ...rows.slice(0, from + 1)];
  return round.find(({ branch }) => branch.name.toLowerCase().startsWith(character.toLowerCase()));
}
