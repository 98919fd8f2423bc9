import { resolve } from 'node:path';
import type { DevProblem } from '@hookswitch/console/inside';
import { cutText } from '@hookswitch/dsl';
import { readText } from '../load/read-text.ts';
import type { LoadProblem } from './messages.ts';

const AROUND = 3;
const MAX_LENGTH = 160;

/** A problem with the lines of the file around it. */
export function withFrame(problem: LoadProblem, cwd: string, isServed: boolean): DevProblem {
  const { message, file, line, column } = problem;
  return { isServed, message, file, line, column, frame: file === null || line === null ? [] : frameOf(resolve(cwd, file), line) };
}

function frameOf(path: string, marked: number): DevProblem['frame'] {
  try {
    const lines = readText(path, path).split('\n');
    const first = Math.max(1, marked - AROUND);
    return lines
      .slice(first - 1, marked + AROUND)
      .map((text, index) => ({ line: first + index, text: cutText(text, MAX_LENGTH), marked: first + index === marked }));
  } catch {
    return [];
  }
}
