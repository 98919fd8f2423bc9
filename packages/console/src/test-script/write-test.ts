import { basename } from 'node:path';
import type { TestView } from '../views.ts';
import { enclose, literal, nameOf, quoted } from './literal.ts';
import { optionLines, playAgain, type Replayed, type StubUse } from './play-again.ts';
import type { Recorded } from './recorded.ts';

const RESERVED =
  /^(await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|call|expect|it|startCall|inTurn)$/;
const MAX_TITLE_LENGTH = 90;

/** A vitest test, in the words of `@hookswitch/dsl/testing`, that plays a recorded call again. */
export async function writeTest(recorded: Recorded): Promise<TestView> {
  const replayed = await playAgain(recorded);
  const { flow, call, file } = recorded;
  const name = variableFor(flow.name);
  const module = basename(file ?? `${flow.name}.ts`);
  const stubs = [...replayed.steps].map(([step, uses]) => `${nameOf(step)}: ${stubOf(uses)}`);
  const needsInTurn = stubs.some((stub) => stub.includes('inTurn('));
  const options = [...optionLines(replayed), ...(stubs.length > 0 ? [`steps: ${enclose(stubs, '{}', '    ')}`] : [])];
  const start = `startCall(${name}, ${enclose(options, '{}', '  ', `const call = await startCall(${name}, );`.length)})`;
  const body =
    replayed.failsAtOnce === null
      ? [`const call = await ${start};`, ...replayed.lines]
      : [`await expect(${start}).rejects.toThrow(${quoted(replayed.failsAtOnce)});`];
  const code = [
    `import { ${needsInTurn ? 'inTurn, ' : ''}startCall } from '@hookswitch/dsl/testing';`,
    `import '@hookswitch/dsl/vitest';`,
    `import { expect, it } from 'vitest';`,
    `import ${name} from './${module}';`,
    '',
    ...replayed.notes.map((note) => `// ${note}`),
    `it(${quoted(titleOf(replayed))}, async () => {`,
    ...body.map((line) => `  ${line}`),
    '});',
    '',
  ].join('\n');
  return {
    code,
    fileName: `${module.replace(/\.[cm]?[jt]s$/, '')}.${new Date(call.startedAt).toISOString().slice(0, 10)}.test.ts`,
    notes: replayed.notes,
  };
}

function stubOf(uses: readonly StubUse[]): string {
  const written = uses.map(resultOf);
  const [first] = written;
  const isSame = written.every((text) => text === first);
  // One and the same result may be given again and again; `inTurn` counts.
  return first !== undefined && isSame ? first : `inTurn(${written.join(', ')})`;
}

function resultOf(use: StubUse): string {
  if (use.hangsUp) return hangingUp(use);
  if ('error' in use) return errorOf(use.error);
  // A function or `undefined` can't come out of JSON; an `undefined` result stands for itself.
  return literal(use.value, '      ');
}

function hangingUp(use: StubUse): string {
  const end = 'error' in use ? `throw ${errorOf(use.error)};` : `return ${literal(use.value, '      ')};`;
  return `({ hangUp }) => {\n        hangUp();\n        ${end}\n      }`;
}

function errorOf({ name, message }: { readonly name: string; readonly message: string }): string {
  const plain = `new Error(${quoted(message)})`;
  return name === 'Error' ? plain : `Object.assign(${plain}, { name: ${quoted(name)} })`;
}

function titleOf({ deeds }: Replayed): string {
  const title = deeds.length === 0 ? 'answers' : `answers ${deeds.map((deed) => (/^[\d*#]+$/.test(deed) ? `"${deed}"` : deed)).join(', ')}`;
  return title.length <= MAX_TITLE_LENGTH ? title : `${title.slice(0, MAX_TITLE_LENGTH)}…`;
}

function variableFor(flow: string): string {
  const name = flow.replace(/-+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase());
  const safe = /^\d/.test(name) ? `flow${name}` : name;
  return RESERVED.test(safe) ? `${safe}Flow` : safe;
}
