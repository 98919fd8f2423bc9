const KEYPAD = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*', '#'];
/** Keys in a row from which on they are written as a range. */
const RANGE_FROM = 3;

/** What stands on one arrow that several answers take: keys in the order of the keypad, ranges together, `any` where they are all there are, `any but …` where one is left out, and no special case beside the case it belongs to. */
export function mergeLabels(labels: readonly string[], all: readonly string[]): readonly string[] {
  const own = [...new Set(labels)].filter(Boolean);
  const known = new Set(all);
  if (own.length > RANGE_FROM && own.every((label) => known.has(label))) {
    const others = [...known].filter((label) => !own.includes(label));
    if (others.length === 0) return ['any'];
    if (others.length === 1) return [`any but ${others[0]}`];
  }
  const keys = KEYPAD.filter((key) => own.includes(key));
  const covered = (label: string): boolean => own.some((other) => label.startsWith(`${other}, `));
  return [...ranges(keys), ...own.filter((label) => !KEYPAD.includes(label) && !covered(label))];
}

function ranges(keys: readonly string[]): readonly string[] {
  const runs: string[][] = [];
  for (const key of keys) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run !== undefined && before !== undefined && follows(before, key)) run.push(key);
    else runs.push([key]);
  }
  return runs.flatMap((run) => (run.length >= RANGE_FROM ? [`${run[0]}–${run.at(-1)}`] : run));
}

function follows(before: string, key: string): boolean {
  return /\d/.test(key) && key !== '0' && Number(key) === Number(before) + 1;
}
