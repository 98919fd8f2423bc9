import { enclose, literal, nameOf, quoted } from './literal.ts';

/** How a step ended in the test, once for each time that it ran. */
export type StubUse = { readonly hangsUp: boolean } & (
  { readonly value: unknown } | { readonly error: { readonly name: string; readonly message: string } }
);

/** A call of a test, as it is written down. */
export interface TestScript {
  /** Name of the flow. */
  readonly flow: string;
  /** The flow's file, e.g. `support.ts`. */
  readonly module: string;
  /** Options of `startCall` but for `steps`. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly steps: ReadonlyMap<string, readonly StubUse[]>;
  /** Name of the error with which the first turn fails; null where the call begins. */
  readonly failsAtOnce: string | null;
  /** Statements behind the start of the call. */
  readonly lines: readonly string[];
  /** What the caller did, for the title. */
  readonly deeds: readonly string[];
  /** Comments above the test. */
  readonly notes: readonly string[];
}

const RESERVED =
  /^(await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|call|expect|it|startCall|inTurn)$/;
const MAX_TITLE_LENGTH = 90;

/** A vitest test, in the words of `@hookswitch/dsl/testing`. */
export function testSource(script: TestScript): string {
  const name = variableFor(script.flow);
  const stubs = [...script.steps].map(([step, uses]) => `${nameOf(step)}: ${stubOf(uses)}`);
  const needsInTurn = stubs.some((stub) => stub.includes('inTurn('));
  const given = Object.entries(script.options).map(([option, value]) => `${option}: ${literal(value, '    ')}`);
  const options = [...given, ...(stubs.length > 0 ? [`steps: ${enclose(stubs, '{}', '    ')}`] : [])];
  const start =
    options.length === 0
      ? `startCall(${name})`
      : `startCall(${name}, ${enclose(options, '{}', '  ', `const call = await startCall(${name}, );`.length)})`;
  const body =
    script.failsAtOnce === null
      ? [`const call = await ${start};`, ...script.lines]
      : [`await expect(${start}).rejects.toThrow(${quoted(script.failsAtOnce)});`];
  return [
    `import { ${needsInTurn ? 'inTurn, ' : ''}startCall } from '@hookswitch/dsl/testing';`,
    `import '@hookswitch/dsl/vitest';`,
    `import { expect, it } from 'vitest';`,
    `import ${name} from './${script.module}';`,
    '',
    ...script.notes.map((note) => `// ${note}`),
    `it(${quoted(titleOf(script))}, async () => {`,
    ...body.map((line) => `  ${line}`),
    '});',
    '',
  ].join('\n');
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

function titleOf({ deeds }: TestScript): string {
  const title = deeds.length === 0 ? 'answers' : `answers ${deeds.map((deed) => (/^[\d*#]+$/.test(deed) ? `"${deed}"` : deed)).join(', ')}`;
  return title.length <= MAX_TITLE_LENGTH ? title : `${title.slice(0, MAX_TITLE_LENGTH)}…`;
}

function variableFor(flow: string): string {
  const name = flow.replace(/-+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase());
  const safe = /^\d/.test(name) ? `flow${name}` : name;
  return RESERVED.test(safe) ? `${safe}Flow` : safe;
}
