import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { CALLFLOW_RULES } from '@hookswitch/dsl';

const root = fileURLToPath(new URL('..', import.meta.url));
const CODE = /^HS_[A-Z0-9_]+$/;

/** What the sources of the packages say, found by their syntax: comments don't count, and neither do tests. */
function readSources() {
  const codes = new Set<string>();
  const classes = new Map<string, string>();
  const declared = new Set<string>();
  const pieced: string[] = [];

  const visit = (node: ts.Node): void => {
    if ((ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && CODE.test(node.text)) codes.add(node.text);
    if (ts.isTemplateExpression(node) && node.head.text.startsWith('HS_')) pieced.push(node.getText());
    if ((ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) && node.name) declared.add(node.name.text);
    if (ts.isPropertyDeclaration(node) && node.name.getText() === 'code' && node.initializer && ts.isClassDeclaration(node.parent)) {
      const literal = ts.isAsExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (ts.isStringLiteralLike(literal)) classes.set(literal.text, node.parent.name?.text ?? '');
    }
    ts.forEachChild(node, visit);
  };

  for (const name of readdirSync(join(root, 'packages'))) {
    const folder = join(root, 'packages', name, 'src');
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(file) || /\.(test|bench|test-support)\.ts$/.test(file)) continue;
      visit(ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest, true));
    }
  }
  return { codes, classes, declared, pieced };
}

/** The rows of the tables of docs/errors.md. */
function readRows() {
  const lines = readFileSync(join(root, 'docs', 'errors.md'), 'utf8').split('\n');
  return lines
    .filter((line) => line.startsWith('| `HS_'))
    .map((line) => {
      const [code = '', classes = '', when = '', todo = ''] = line.slice(2, -2).split(' | ');
      return {
        line,
        code: code.replaceAll('`', ''),
        classes: [...classes.matchAll(/`(\w+)`/g)].map((match) => match[1] ?? ''),
        when,
        todo,
      };
    });
}

const sources = readSources();
const rows = readRows();

describe('docs/errors.md', () => {
  it('lists every code of the sources', () => {
    const listed = new Set(rows.map((row) => row.code));
    expect([...sources.codes].filter((code) => !listed.has(code)).sort()).toEqual([]);
  });

  it('lists no code that the sources do not have', () => {
    expect(rows.map((row) => row.code).filter((code) => !sources.codes.has(code))).toEqual([]);
  });

  it('lists each code once', () => {
    const codes = rows.map((row) => row.code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  it('names classes that exist', () => {
    const unknown = rows.filter((row) => row.classes.length === 0 || row.classes.some((name) => !sources.declared.has(name)));
    expect(unknown.map((row) => row.line)).toEqual([]);
  });

  it('names the class of each code that has one class', () => {
    const wrong = rows.filter((row) => sources.classes.has(row.code) && row.classes.join() !== sources.classes.get(row.code));
    expect(wrong.map((row) => [row.code, sources.classes.get(row.code)])).toEqual([]);
  });

  it('says when each one comes and what to do', () => {
    expect(rows.filter((row) => row.when.trim() === '' || row.todo.trim() === '').map((row) => row.line)).toEqual([]);
  });

  it('says of each rule of callflows what the rule itself says', () => {
    const listed = rows.filter((row) => row.code in CALLFLOW_RULES).map((row) => row.line);
    const expected = Object.values(CALLFLOW_RULES).map(({ code, judges, says, fix, severity, statusCode, via }) => {
      const places = judges.map((place) => `\`${place}\``).join(', ');
      // A maker can break the rule of a parameter; it has no callflow in its hands.
      const classes = judges.every((place) => place.startsWith('$')) ? '`Violation`' : '`Violation`, `EffectArgumentError`';
      const notes = [
        severity === 'warning' && 'warning',
        via !== null && `only by ${via}`,
        statusCode !== null && `8x8: ${statusCode}`,
      ].filter(Boolean);
      return `| \`${code}\` | ${classes} | ${places} ${says}${notes.length > 0 ? ` (${notes.join(', ')})` : ''} | ${fix} |`;
    });
    expect(listed).toEqual(expected);
  });
});

describe('codes', () => {
  it('are written out whole, so that they can be searched for', () => {
    expect(sources.pieced).toEqual([]);
  });
});
