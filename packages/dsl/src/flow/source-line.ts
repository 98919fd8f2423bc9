import { currentRun } from './current-run.ts';

/** Where the framework lies; what is compiled also stands for its sources, which stacks name where source maps are read. */
const FRAMEWORK = [new URL('..', import.meta.url).href, decodeURIComponent(new URL('..', import.meta.url).pathname)].flatMap((folder) => [
  folder,
  folder.replace(/\/dist\/$/, '/src/'),
]);
/** Whoever pulls the author's generators: what is below it on the stack is not the author's. */
const DRIVER = /[/\\]generator[/\\]frames\.[jt]s:\d+:\d+$/;
/** Tests of the framework play the author. */
const TEST = /\.(test|bench)\.ts:\d+:\d+$/;
/** A composed effect makes its capture a dozen calls below the author's line; one that is played, more. The whole stack is dear. */
const NEAR = 16;
const DEPTH = 40;

/** The author's lines, by the place in the code that runs: sources are mapped once for each place, which costs more than all else of an effect. */
const lines = new Map<string, string>();
const MAX_LINES = 10_000;

/** The author's line where the running flow is traced; a question of several captures asks for it once. */
export function tracedLine(): string | undefined {
  return currentRun()?.traced === true ? callerLine() : undefined;
}

/** The author's line: the first stack frame outside the framework, as `file:line:column`, or `unknown`. */
export function callerLine(): string {
  const place = callerPlace(NEAR) ?? callerPlace(DEPTH);
  if (place === null) return 'unknown';
  let line = lines.get(place);
  if (line === undefined) {
    if (lines.size >= MAX_LINES) lines.clear();
    line = authorLine(withDeepStacks(() => new Error('trace').stack)) ?? 'unknown';
    lines.set(place, line);
  }
  return line;
}

/** The same as the machine sees it: in the code that runs, which may be compiled. */
function callerPlace(depth: number): string | null {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = depth;
  Error.prepareStackTrace = (_, frames): readonly NodeJS.CallSite[] => frames;
  const frames = new Error('trace').stack as unknown as readonly NodeJS.CallSite[];
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  for (const frame of frames) {
    const file = frame.getFileName();
    if (file === null || file === undefined || file.startsWith('node:')) continue;
    const place = `${file}:${frame.getLineNumber() ?? 0}:${frame.getColumnNumber() ?? 0}`;
    if (!isFrameworks(place)) return place;
    if (DRIVER.test(place)) return null;
  }
  return null;
}

/** Runs `work` so that what is thrown in it remembers its stack as far as the author's line. */
export function withDeepStacks<T>(work: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** The author's line of a stack, as `file:line:column`; null where there is none. */
export function authorLine(stack: string | undefined): string | null {
  for (const frame of (stack ?? '').split('\n').slice(1)) {
    const place = /(?:\(|at )((?:file:\/\/|\/|[A-Za-z]:\\)[^()]+:\d+:\d+)\)?$/.exec(frame.trim())?.[1];
    if (place === undefined || place.includes('node:internal')) continue;
    if (!isFrameworks(place)) return place.replace(/^file:\/\//, '');
    if (DRIVER.test(place)) return null;
  }
  return null;
}

function isFrameworks(place: string): boolean {
  return FRAMEWORK.some((folder) => place.startsWith(folder)) && !TEST.test(place);
}
