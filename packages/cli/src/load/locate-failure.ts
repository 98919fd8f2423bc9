import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isError, isHookswitchError } from '@hookswitch/dsl';
import { readText } from './read-text.ts';
import { FlowFileError, type SourcePlace } from '../errors/flow-file-error.ts';

/** Our own packages: frames in them are not the author's. */
const OURS = ['dsl', 'runtime', 'console', 'simulator', 'cli'].map((name) => fileURLToPath(new URL(`../../../${name}/`, import.meta.url)));

/** Why a module of the user's could not be loaded, with file and line: one sentence, and what to do. */
export function locateFailure(file: string, cwd: string, error: unknown): FlowFileError {
  const told = (place: Partial<SourcePlace> & { readonly file: string }, problem: string): FlowFileError =>
    new FlowFileError({ line: null, column: null, ...place, file: displayPath(place.file, cwd) }, problem, error);
  const message = isError(error) ? error.message : String(error);

  const compiled = /^(.+?):(\d+):(\d+): ERROR: (.+)$/m.exec(message);
  if (compiled !== null) {
    const [, where = file, line, column, problem = ''] = compiled;
    return told({ file: where, line: Number(line), column: Number(column) }, `does not compile: ${problem}. Mend that line and try again.`);
  }
  const missing = /^Cannot find (package|module) '(.+?)'.*? imported from (.+?)$/m.exec(message);
  if (missing !== null) return notFound(missing, file, told);
  const { name, stack = '' } = isError(error) ? error : new Error(message);
  const atTop = /^(?:file:\/\/)?(\/[^\n]*?|[A-Za-z]:[^\n]*?):(\d+)\n/.exec(stack);
  if (name === 'SyntaxError' && atTop !== null)
    return told(
      { file: atTop[1] ?? file, line: Number(atTop[2]) },
      `can not be loaded: ${sentence(message)} Mend that line and try again.`,
    );
  const thrower = isHookswitchError(error) || name !== 'Error' ? `${name}: ` : '';
  return told(authorFrame(stack, file) ?? { file }, `threw while it was loaded. ${thrower}${sentence(message)}`);
}

type Tell = (place: Partial<SourcePlace> & { readonly file: string }, problem: string) => FlowFileError;

function notFound([, kind, wanted = '', from = '']: RegExpExecArray, file: string, told: Tell): FlowFileError {
  const importer = plainPath(from.trim().replace(/^'|'$/g, '')) || file;
  const base = kind === 'package' ? wanted : (wanted.split(/[\\/]/).at(-1) ?? wanted);
  const place = { file: importer, line: lineOf(importer, base) };
  if (kind === 'package') {
    const name = wanted
      .split('/')
      .slice(0, wanted.startsWith('@') ? 2 : 1)
      .join('/');
    return told(place, `needs the package "${name}", which is not installed here. Run: npm install ${name}`);
  }
  return told(place, `imports "${base}", and there is no such file. Mend the path; a relative import names the file with its ending.`);
}

/** The line that imports something, by its words. */
function lineOf(file: string, wanted: string): number | null {
  try {
    const index = readText(file, file)
      .split('\n')
      .findIndex((line) => /['"]/.test(line) && line.includes(wanted.replace(/\.[cm]?[jt]s$/, '')));
    return index < 0 ? null : index + 1;
  } catch {
    return null;
  }
}

/** The first frame of the file itself, else of any other that is neither ours nor installed. */
function authorFrame(stack: string, file: string): { file: string; line: number; column: number } | null {
  const frames = [...stack.matchAll(/(?:\(|at (?:async )?)((?:file:\/\/|\/|[A-Za-z]:\\)[^()\n]*?):(\d+):(\d+)\)?$/gm)].map(
    ([, path = '', line, column]) => ({
      file: plainPath(path),
      line: Number(line),
      column: Number(column),
    }),
  );
  const isForeign = (path: string): boolean => path.includes(`${sep}node_modules${sep}`) || OURS.some((folder) => path.startsWith(folder));
  return frames.find((frame) => frame.file === file) ?? frames.find((frame) => !isForeign(frame.file)) ?? null;
}

function plainPath(path: string): string {
  const bare = path.replace(/\?.*$/, '');
  return bare.startsWith('file://') ? fileURLToPath(bare) : bare;
}

function sentence(message: string): string {
  const first = message.trim();
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** A place in the form `/file:line:column` as the user would write it. */
export function displaySource(source: string | null, cwd: string): string | null {
  const [, file, place] = /^(.+?)(:\d+:\d+)$/.exec(source ?? '') ?? [];
  return file === undefined ? source : `${displayPath(file, cwd)}${place ?? ''}`;
}

/** A path as the user would write it. */
export function displayPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === '' || short.startsWith(`..${sep}..`) ? path : short;
}
