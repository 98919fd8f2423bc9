import { readFileSync } from 'node:fs';
import type { OptionSet, Schema } from '@hookswitch/dsl/options';
import type { XStatic } from 'typebox/schema';

type RequiredKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Listed<T> = T extends readonly (infer E)[] ? readonly E[] : T;

type Entry<T> = T extends readonly (infer E)[] ? E : T;

/** What a schema is made of, each part alone. */
type Parts<S> = S extends { readonly anyOf: readonly (infer B)[] } ? Parts<B> : S extends { readonly items: infer I } ? Parts<I> : S;

/** Whether an option's type is what its schema says. What only code can check fits any type; a set of its own is held by a line of its own. */
type Fits<S, T> = [Extract<Parts<S>, { readonly type: 'object' }>] extends [never]
  ? unknown extends Entry<XStatic<S>>
    ? true
    : Same<Listed<XStatic<S>>, T>
  : true;

/** Names the options of `T` that only one of schema and interface has, or requires, and those whose types differ; `never` where both agree. */
export type Disagreement<S extends OptionSet<Readonly<Record<string, Schema>>, string>, T> =
  | Exclude<keyof S['properties'], keyof T>
  | Exclude<keyof T, keyof S['properties']>
  | Exclude<S['required'][number], RequiredKeys<T>>
  | Exclude<RequiredKeys<T>, S['required'][number]>
  | {
      [K in keyof T & keyof S['properties']]: Fits<S['properties'][K], Exclude<T[K], undefined>> extends true ? never : K;
    }[keyof T & keyof S['properties']];

/** What the docstrings of an interface say behind `@default`, by key; null where they say nothing. */
export function documentedDefaults(file: string, name: string): Readonly<Record<string, string | null>> {
  const source = readFileSync(new URL(`../../packages/${file}`, import.meta.url), 'utf8');
  const body = new RegExp(`^export interface ${name}\\b[^{]*\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(source)?.[1] ?? '';
  const keys = body.matchAll(/(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?^ {2}readonly (\w+)\??:/gm);
  return Object.fromEntries(
    [...keys].map(([, docs = '', key = '']) => [key, /@default ([\s\S]*)/.exec(docs.replace(/\s*\n\s*\*?\s*/g, ' '))?.[1]?.trim() ?? null]),
  );
}
