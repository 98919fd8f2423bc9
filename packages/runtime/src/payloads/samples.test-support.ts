import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { foldKey } from './values.ts';
import type { WebhookKind } from './kinds.ts';

/** 8x8's published samples, those of its older pages among them, by file name. */
export const SAMPLES = {
  'vca-call-received': 'vca',
  'vca-action-completed': 'vca',
  'vca-speech-captured': 'vca',
  'vca-event-data-text': 'vca',
  'vca-dtmf-received': 'vca',
  'vca-after-bridge': 'vca',
  'vcs-call-received': 'vcs',
  'vss-bridge-answered': 'vss',
  'vss-error': 'vss',
  'vss-error-of-an-action': 'vss',
  'vru-upload-completed': 'vru',
  'vnu-updates': 'vnu',
} as const satisfies Record<string, WebhookKind>;

export type SampleName = keyof typeof SAMPLES;
export const SAMPLE_NAMES = Object.keys(SAMPLES) as SampleName[];

export type Json = Record<string, unknown>;
export type Sample = Json & { payload: Json };

const texts = new Map(
  SAMPLE_NAMES.map((name) => [name, readFileSync(new URL(`../../fixtures/webhooks/${name}.json`, import.meta.url), 'utf8')]),
);

/** A fresh copy of a sample. */
export function sample(name: SampleName): Sample {
  return JSON.parse(texts.get(name) ?? '') as Sample;
}

/** A sample with fields of its payload changed; undefined removes one. */
export function sampleWith(name: SampleName, changes: Json): Sample {
  const { payload, ...envelope } = sample(name);
  return JSON.parse(JSON.stringify({ ...envelope, payload: { ...payload, ...changes } })) as Sample;
}

/** One change of a body. */
type Mutation = (body: unknown) => unknown;

/** Applies `change` to the field at `path`, a list of numbers that choose among the keys of each level. */
function atPath(body: unknown, path: readonly number[], change: (value: unknown, key: string) => readonly [string, unknown][]): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const entries = Object.entries(body);
  if (entries.length === 0) return body;
  const chosen = (path[0] ?? 0) % entries.length;
  return Object.fromEntries(
    entries.flatMap(([key, value], index): readonly [string, unknown][] => {
      if (index !== chosen) return [[key, value]];
      const inner = path.length > 1 && typeof value === 'object' && value !== null;
      return inner ? [[key, atPath(value, path.slice(1), change)]] : change(value, key);
    }),
  );
}

const path = fc.array(fc.nat(40), { minLength: 1, maxLength: 4 });
const junk = fc.oneof(
  fc.anything(),
  fc.string(),
  fc.double(),
  fc.constant('\u0000'),
  fc.constant('1'.repeat(10_000)),
  fc.constant('+6591234567'),
);

const onField = (change: (value: unknown, key: string, extra: unknown) => readonly [string, unknown][]): fc.Arbitrary<Mutation> =>
  fc.tuple(path, junk).map(
    ([where, extra]) =>
      (body) =>
        atPath(body, where, (value, key) => change(value, key, extra)),
  );

const asJsonText = (value: unknown): unknown => (typeof value === 'object' ? JSON.stringify(value) : value);
const retyped = (value: unknown): unknown =>
  typeof value === 'number' ? String(value) : typeof value === 'string' ? Number(value) : value;

/** Changes that a platform could make, and some that none would. */
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  onField(() => []),
  onField((_value, key) => [[key, null]]),
  onField((value, key) => [[key, retyped(value)]]),
  onField((value, key) => [[key.toUpperCase(), value]]),
  onField((value, key) => [[foldKey(key), value]]),
  onField((value, key) => [[key, asJsonText(value)]]),
  onField((_value, key, extra) => [[key, extra]]),
  onField((value, key) => [
    [key, value],
    [`x${key}`, value],
  ]),
  onField((value, key, extra) => [
    [key, value],
    ['__proto__', extra],
    ['constructor', extra],
  ]),
  fc.constant<Mutation>((body) => ({ ...(body as Sample), ...(body as Partial<Sample>).payload, payload: undefined })),
  fc.constant<Mutation>((body) => JSON.stringify(body) ?? null),
);

/** Published samples after up to eight changes. */
export const mutatedSample: fc.Arbitrary<unknown> = fc
  .tuple(fc.constantFrom(...SAMPLE_NAMES), fc.array(mutation, { maxLength: 8 }))
  .map(([name, mutations]) => mutations.reduce<unknown>((body, mutate) => mutate(body), sample(name)));
