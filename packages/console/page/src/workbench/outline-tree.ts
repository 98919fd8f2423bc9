/** A site of the outline, or what several have in common. */
export interface Branch {
  /** The site's whole name, or what the names below it begin with. */
  readonly path: string;
  /** What it is called below its parent. */
  readonly name: string;
  /** False for what is only the beginning of other names. */
  readonly isSite: boolean;
  readonly children: readonly Branch[];
}

/** A line of the outline. */
export interface Row {
  readonly branch: Branch;
  /** 1 for the outermost. */
  readonly level: number;
  /** Among its siblings, from 1. */
  readonly position: number;
  readonly siblings: number;
  /** Null where nothing is below it. */
  readonly isOpen: boolean | null;
}

interface Growing {
  readonly path: string;
  readonly parent: string;
  readonly isSite: boolean;
  readonly children: Growing[];
}

/** Folds names by what they begin with: up to a `/`, or up to a `-` behind what is a site itself. The order is that of the names. */
export function branchesOf(names: readonly string[]): readonly Branch[] {
  const sites = new Set(names);
  const known = new Map<string, Growing>();
  const roots: Growing[] = [];
  const add = (path: string): Growing => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const parent = parentOf(path, sites);
    const made: Growing = { path, parent, isSite: sites.has(path), children: [] };
    known.set(path, made);
    (parent === '' ? roots : add(parent).children).push(made);
    return made;
  };
  for (const name of names) add(name);
  return roots.map((root) => finish(root, ''));
}

function parentOf(path: string, sites: ReadonlySet<string>): string {
  for (let at = path.length - 1; at > 0; at--) {
    const before = path.slice(0, at);
    if (path[at] === '/' || (path[at] === '-' && sites.has(before))) return before;
  }
  return '';
}

/** One alone below a mere beginning takes its place. */
function finish({ path, isSite, children }: Growing, above: string): Branch {
  const [only] = children;
  if (!isSite && only !== undefined && children.length === 1) return finish(only, above);
  return { path, name: nameBelow(path, above), isSite, children: children.map((child) => finish(child, path)) };
}

/** `guests` below `book`; what is told from its parent by more than a `/` keeps its own last part: `code-confirm` below `code`. */
function nameBelow(path: string, above: string): string {
  if (above === '') return path;
  return path[above.length] === '/' ? path.slice(above.length + 1) : path.slice(above.lastIndexOf('/') + 1);
}

/** The lines that are seen. With `isWanted`, only sites that are, and what leads to them, all of it open. */
export function rowsOf(
  branches: readonly Branch[],
  isOpen: (path: string) => boolean,
  isWanted: ((site: string) => boolean) | null = null,
  level = 1,
): readonly Row[] {
  const kept = isWanted === null ? branches : branches.filter((branch) => sitesOf(branch).some(isWanted));
  return kept.flatMap((branch, index) => {
    const isParent = branch.children.length > 0;
    const open = isParent ? isWanted !== null || isOpen(branch.path) : null;
    const row: Row = { branch, level, position: index + 1, siblings: kept.length, isOpen: open };
    return [row, ...(open === true ? rowsOf(branch.children, isOpen, isWanted, level + 1) : [])];
  });
}

/** The sites of a branch, itself among them. */
export function sitesOf({ path, isSite, children }: Branch): readonly string[] {
  return [...(isSite ? [path] : []), ...children.flatMap(sitesOf)];
}

/** What has to be open for a site to be seen, the outermost first. */
export function above(branches: readonly Branch[], site: string): readonly string[] {
  const branch = branches.find((one) => sitesOf(one).includes(site));
  if (branch === undefined || branch.path === site) return [];
  return [branch.path, ...above(branch.children, site)];
}
