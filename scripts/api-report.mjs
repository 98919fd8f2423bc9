// What each package exports, with its types: docs/api/<package>.md. `npm run api` writes these files; with --check it fails where one is stale.
// Entry points are those of `exports` in each package.json; what stands there is what declarations for users would say, without comments.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import prettier from 'prettier';
import ts from 'typescript';
import { root } from './run.mjs';

const FOLDER = join(root, 'docs', 'api');

const packages = readdirSync(join(root, 'packages'))
  .map((folder) => ({ folder: join(root, 'packages', folder), manifest: join(root, 'packages', folder, 'package.json') }))
  .filter(({ manifest }) => existsSync(manifest))
  .map(({ folder, manifest }) => ({ folder, ...JSON.parse(readFileSync(manifest, 'utf8')) }))
  .map(({ folder, name, exports = {} }) => ({ name, entries: entriesOf(folder, exports) }))
  .filter(({ entries }) => entries.length > 0);

const program = createProgram(packages.flatMap(({ entries }) => entries.map(({ file }) => file)));
const checker = program.getTypeChecker();
const printer = ts.createPrinter({ removeComments: true });
const declarations = emitDeclarations();

const reports = new Map();
for (const one of packages) reports.set(join(FOLDER, `${one.name.split('/').at(-1)}.md`), await report(one));

const stored = existsSync(FOLDER) ? readdirSync(FOLDER).map((name) => join(FOLDER, name)) : [];
const stale = [...new Set([...reports.keys(), ...stored])].filter((path) => reports.get(path) !== read(path));
if (!process.argv.includes('--check')) {
  mkdirSync(FOLDER, { recursive: true });
  for (const path of stale) {
    if (reports.has(path)) writeFileSync(path, reports.get(path));
    else rmSync(path);
  }
} else if (stale.length > 0) {
  console.error(`What the packages export is not what is written down in ${stale.map((path) => path.slice(root.length)).join(', ')}.`);
  console.error('Run `npm run api`, and look at the difference as a user would: it is a change of what they may use.');
  process.exitCode = 1;
}

/** The entry points for code: what has types. */
function entriesOf(folder, exports) {
  return Object.entries(exports).flatMap(([path, target]) => {
    // What our packages share among themselves is not for users.
    if (typeof target?.types !== 'string' || path.startsWith('./inside')) return [];
    return [{ path, file: resolve(folder, target.types.replace(/^\.\/dist\//, './src/').replace(/\.d\.ts$/, '.ts')) }];
  });
}

function createProgram(files) {
  const config = join(root, 'tsconfig.test.json');
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(config, ts.sys.readFile).config, ts.sys, root);
  return ts.createProgram(files, {
    ...options,
    noEmit: false,
    noCheck: true,
    declaration: true,
    emitDeclarationOnly: true,
    incremental: false,
  });
}

/** The declarations of every source file, by its path. */
function emitDeclarations() {
  const byFile = new Map();
  const write = (path, text, _bom, _error, sources) =>
    byFile.set(sources[0].fileName, ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  for (const source of program.getSourceFiles()) {
    if (source.isDeclarationFile || source.fileName.includes('/node_modules/')) continue;
    program.emit(source, write, undefined, true);
  }
  return byFile;
}

async function report({ name, entries }) {
  const shown = entries.map(({ path, file }) => ({ title: path === '.' ? name : `${name}/${path.slice(2)}`, exported: exportsOf(file) }));
  const known = new Set(shown.flatMap(({ exported }) => exported.map((one) => one.name)));
  const count = shown.reduce((sum, { exported }) => sum + exported.length, 0);
  const parts = [
    `# What \`${name}\` exports`,
    `${count} names, written by \`npm run api\`; a change here is a change of what users may use.`,
  ];
  for (const { title, exported } of shown) {
    parts.push(`## \`${title}\``, '```ts', exported.map(({ text }) => text).join('\n\n'), '```');
    const unnamed = [...new Set(exported.flatMap(({ uses }) => uses))].filter((use) => !known.has(use)).sort();
    if (unnamed.length > 0) parts.push(`Named above, and not exported: ${unnamed.map((use) => `\`${use}\``).join(', ')}.`);
  }
  const text = `${parts.join('\n\n')}\n`;
  return prettier.format(text, { ...(await prettier.resolveConfig(join(FOLDER, 'x.md'))), parser: 'markdown' });
}

function exportsOf(file) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(file));
  return checker
    .getExportsOfModule(module)
    .map((symbol) => ({ name: symbol.name, target: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, target }) => {
      const nodes = [...new Set((target.declarations ?? []).flatMap((node) => declared(node, target.name)))];
      return { name, text: nodes.map((node) => textOf(node, name, target.name)).join('\n'), uses: nodes.flatMap(usesOf) };
    });
}

/** The statements that declare `name` in the declarations of the file of `node`. */
function declared(node, name) {
  const source = declarations.get(node.getSourceFile().fileName);
  return (source?.statements ?? []).filter((statement) => {
    if (name === 'default') return ts.isExportAssignment(statement);
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.some((one) => one.name.getText() === name);
    return statement.name?.getText() === name;
  });
}

function textOf(node, name, declaredName) {
  const text = printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()).replace(/^export (declare )?/, '');
  return name === declaredName ? text : `${text} // as ${name}`;
}

/** Names of the package's own types that a declaration mentions. */
function usesOf(node) {
  const own = new Set();
  for (const statement of node.getSourceFile().statements) {
    if (ts.isImportDeclaration(statement) && statement.moduleSpecifier.text.startsWith('.')) {
      for (const one of statement.importClause?.namedBindings?.elements ?? []) own.add(one.name.text);
    } else if (statement.name !== undefined) own.add(statement.name.text);
  }
  const uses = [];
  const visit = (child) => {
    const named = ts.isTypeReferenceNode(child) ? child.typeName : ts.isExpressionWithTypeArguments(child) ? child.expression : null;
    if (named !== null && own.has(named.getText())) uses.push(named.getText());
    ts.forEachChild(child, visit);
  };
  visit(node);
  return uses;
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
