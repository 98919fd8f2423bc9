const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const LINE = 100;

/** A JSON value as TypeScript, in the style of the examples: single quotes, bare names, short things on one line. */
export function literal(value: unknown, indent = ''): string {
  if (value === undefined) return 'undefined';
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((element) => literal(element, inner))
    : Object.entries(value)
        .filter(([, field]) => field !== undefined)
        .map(([name, field]) => `${nameOf(name)}: ${literal(field, inner)}`);
  return enclose(parts, Array.isArray(value) ? '[]' : '{}', indent);
}

/** Parts between brackets, on one line where that is short enough; `before` characters stand on it already. */
export function enclose(parts: readonly string[], brackets: '[]' | '{}', indent: string, before = 0): string {
  const [open, close] = brackets;
  if (parts.length === 0) return `${open}${close}`;
  const space = brackets === '{}' ? ' ' : '';
  const line = `${open}${space}${parts.join(', ')}${space}${close}`;
  if (line.length + indent.length + before <= LINE && !line.includes('\n')) return line;
  return `${open}\n${parts.map((part) => `${indent}  ${part},\n`).join('')}${indent}${close}`;
}

/** A field's name: bare where the language allows it. */
export function nameOf(name: string): string {
  // `__proto__: …` would set the prototype.
  return name === '__proto__' ? `['__proto__']` : IDENTIFIER.test(name) ? name : quoted(name);
}

/** A string literal. Line separators are written out, because not every tool takes them as they are. */
export function quoted(text: string): string {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\"/g, '"')
    .replace(/'/g, "\\'")
    .replace(/[\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
  return `'${escaped}'`;
}
