import { findProblem, type Schema } from '@hookswitch/dsl/options';

const TRUTHS: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };

/** The value that an environment variable stands for, by the schema of its setting. What can't be read is left as it is, for the check to name. */
export function fromText(schema: Schema, text: string): unknown {
  const { type, anyOf = [] } = schema;
  for (const branch of anyOf) {
    const value = fromText(branch, text);
    if (findProblem(branch, value) === null) return value;
  }
  if (type === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  if (type === 'boolean') return TRUTHS[text.toLowerCase()] ?? text;
  if (type !== 'array') return text;
  const parts = text.split(',').map((part) => part.trim());
  return parts.filter((part) => part !== '');
}
