/** Where the framework lies; what is compiled also stands for its sources, which stacks name where source maps are read. */
const FRAMEWORK = [new URL('..', import.meta.url).href, decodeURIComponent(new URL('..', import.meta.url).pathname)].flatMap((folder) => [
  folder,
  folder.replace(/\/dist\/$/, '/src/'),
]);
/** Whoever pulls the author's generators: what is below it on the stack is not the author's. */
const DRIVER = /[/\\]generator[/\\]frames\.[jt]s:\d+:\d+$/;
/** A composed effect makes its capture a dozen calls below the author's line. */
const DEPTH = 40;

/**
 * Remembers where the program is, and gives what tells the author's line: the first stack frame outside the framework, as `file:line:column`, or `unknown`.
 * The stack is read when it is asked for, because that costs more than all else of an effect.
 */
export function callerLine(): () => string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  const trace = new Error('trace');
  Error.stackTraceLimit = limit;
  let line: string | null = null;
  return () => (line ??= authorLine(trace.stack) ?? 'unknown');
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
    const inFramework = FRAMEWORK.some((folder) => place.startsWith(folder));
    if (!inFramework || /\.(test|bench)\.ts:\d+:\d+$/.test(place)) return place.replace(/^file:\/\//, '');
    if (DRIVER.test(place)) return null;
  }
  return null;
}
