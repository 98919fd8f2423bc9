import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What stands for a value in a text. */
const VALUE = '‹›';

/** What no sentence holds; each has been read in a message. */
const SLIPS: Readonly<Record<string, RegExp>> = {
  'two spaces': /\w[.,;:]? {2,}[A-Za-z]/,
  'a space before its full stop or comma': /[›"')] [.,;](?=\s|$)| [,;](?=\s|$)/,
  'a dot that belongs to the word before it': /[\w›] \.(?!(?:wav|mp3|m?[jt]s|json|env)\b)[a-z]/,
  'two stops in a row': /[.;,][:;,](?=\s|$)|:[.,:](?=\s|$)|(?<!\.)\.\.(?![\w.‹])/,
  'a word twice': /\b([A-Za-z]{2,}) \1\b/,
  'nothing below': /\bsee below\b|\bas follows[.:]?$/,
  'a list that says that it is one thing': /\bThere is ‹›\./,
  'a word that runs into a value': /[a-z]{3}[,;]‹› |‹›(?:is|are|has|was|must|and|or|of|in)\b /,
};

/** All texts of a source that hold more than one word, values left out. Code and pages of more than one line are none. */
function textsOf(path: string): readonly { readonly line: number; readonly text: string }[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: { line: number; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    const text = ts.isStringLiteralLike(node) ? node.text : ts.isTemplateExpression(node) ? joined(node) : null;
    if (text !== null && / /.test(text.trim()) && !text.includes('\n'))
      found.push({ line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, text });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function joined({ head, templateSpans }: ts.TemplateExpression): string {
  return head.text + templateSpans.map(({ literal }) => `${VALUE}${literal.text}`).join('');
}

function slipsOf(text: string): string[] {
  return Object.keys(SLIPS).filter((slip) => SLIPS[slip]?.test(text));
}

const sources = readdirSync(join(ROOT, 'packages')).flatMap((name) =>
  readdirSync(join(ROOT, 'packages', name), { recursive: true, encoding: 'utf8' })
    .filter((file) => /^src[\\/].*\.ts$/.test(file) && !/\.test\.ts$|test-support\.ts$/.test(file))
    .map((file) => join('packages', name, file)),
);

it('no text that the sources can print has a doubled word, a missing one or a stop too many', () => {
  const slips = sources.flatMap((path) =>
    textsOf(join(ROOT, path)).flatMap(({ line, text }) => slipsOf(text).map((slip) => `${path}:${line} ${slip}: ${text}`)),
  );
  expect(slips).toEqual([]);
});

it.each([
  ['Write attempts: 3.:', 'two stops in a row'],
  ['sessions.fallback .transferTo must be a number', 'a dot that belongs to the word before it'],
  ['Functions that are called; see below.', 'nothing below'],
  ['There is ‹›.', 'a list that says that it is one thing'],
  ['must be  a number', 'two spaces'],
  ['a number of of the flow', 'a word twice'],
  ['the flow ‹›is gone', 'a word that runs into a value'],
])('%s is found', (text, slip) => {
  expect(slipsOf(text)).toContain(slip);
});
