import fc from 'fast-check';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Path = readonly (string | number)[];

const voiceProfile = 'en-US-ZiraRUS';
const call = { action: 'makeCall', params: { source: '6512345678', destination: '+6591178965', callRecording: true } };
const say = { action: 'say', params: { text: 'Hello', voiceProfile, repetition: 2, speed: 1.5 } };
const playFile = { action: 'playFile', params: { fileUrl: 'https://acme.test/a.wav', repetition: 1 } };
const capture = {
  action: 'sayAndCapture',
  params: {
    promptMessage: 'Press a key',
    voiceProfile,
    successMessage: 'Thanks',
    failureMessage: 'Sorry',
    speed: 1,
    repetition: 1,
    completeOnHash: true,
    minDigits: 1,
    maxDigits: 4,
    digitTimeout: 3_000,
    overallTimeout: 9_000,
    noOfTries: 2,
  },
};
const hangup = { action: 'hangup' };

/** Bodies that obey every rule, with every parameter that there is. */
export const VALID: readonly Json[] = [
  { clientActionId: 'main.0', callflow: [say, playFile, capture] },
  { callflow: [call] },
  { callflow: [say, hangup] },
  { validUntil: '2031-05-01T10:00:00.000Z', clientRequestId: 'r-1', callflow: [call, say, playFile, capture] },
  { callflow: [call, call, hangup] },
];

/** The time at which they are sent. */
export const NOW = Date.UTC(2026, 0, 1);

const texts = ['', ' ', 'x', 'a'.repeat(3_000), 'a'.repeat(3_001), '😀'.repeat(1_501), '😀'.repeat(3_000), '😀'.repeat(3_001), 'a\nb'];
const oddTexts = ['\u0000', '\u007f', '\u0085', '\u009f', '\u00a0', '\u2028', '\ud800', 'null', '__proto__', 'constructor', 'true', '1'];
const numbers = [0, -1, 1, 2, 3, 4, 25, 26, 0.5, 0.49, 2.01, 1.5, 30_000, 9_000, 9_001, 2 ** 53, 1e300, -0];
const telephones = ['123456', '1234567', '+1234567', '123456789012345', '1234567890123456', '0651234567', '++6512345678', '+65 1234 5678'];
const several = [
  '6512345678,6512345679',
  '6512345678;+6512345679',
  '6512345678 6512345679',
  '6512345678/6512345679',
  '6512345678,',
  '6512345678,1',
];
const hosts = [
  'http://a.test',
  'https://a.test/',
  'https:///a.wav',
  'https:/a.test/a.wav',
  'ftp://a.test/a.wav',
  '//a.test/a.wav',
  'a.wav',
];
const files = [
  'a.wav',
  'a.MP3',
  'a.ogg',
  'a',
  'a.',
  'a.wav/',
  'v1.2/a',
  'a b.wav',
  'a\\b.wav',
  'a.mp3x-1',
  'a..wav',
  '..',
  'x/../a.ogg',
  'ä.wav',
];
const queries = [
  '?f=a.mp3',
  '.php?f=a.mp3',
  '.php?f=a.mp3&x=1',
  '.php?f=a.ogg',
  '?a.wav#b',
  '#b.wav',
  '.php#x?f=a.mp3',
  '.php?a=%20.mp3#z',
];
const urls = [
  ...hosts,
  ...[...files, ...queries].map((end) => `https://acme.test/${end}`),
  'https://a.test:99999/a.wav',
  'HTTPS://[::1]/a.wav',
];
const times = ['soon', '2026-01-01', '2026-01-01T00:00:00', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00.001Z', '2025-12-31T23:59:59Z'];
const odd = ['2030-02-30T00:00:00Z', '2028-02-29T00:00:00Z', '2030-13-01T00:00:00Z', '2030-01-01T24:00:00Z', '2030-01-01T23:59:60Z'];
const zoned = [
  '2026-01-01T08:00:00+08:00',
  '2026-01-01T08:00:01+08:00',
  '2030-01-01T00:00:00+15:00',
  '2030-1-1T0:0:0Z',
  '2030-01-01t00:00:00z',
];
const fine = ['2030-01-01T00:00:00.123456789Z', '2030-01-01T00:00:00.Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59-14:00'];
const names = ['makeCall', 'makecall', 'say', 'sayAndCapture', 'playFile', 'hangup', 'constructor', 'toString'];
const others: readonly Json[] = [null, true, false, [], {}, [null], [say], { action: 'hangup' }, ['6512345678', '6512345679'], [[]]];

/** What is put in every place: each type, each border, and what looks nearly right. */
export const VALUES: readonly Json[] = [
  ...[texts, oddTexts, numbers, telephones, several, urls, times, odd, zoned, fine, names, others].flat(),
  [call],
  [capture],
  [capture, hangup],
  [capture, say],
  [capture, capture],
  [hangup, hangup],
  [say, call],
  [call, capture, hangup],
  [call, call, call],
  Array.from({ length: 1_000 }, () => say),
  [call, ...Array.from({ length: 1_000 }, () => say)],
];

/** The keys that are added to every object. */
export const KEYS: readonly string[] = [
  'validUntil',
  'clientActionId',
  'clientRequestId',
  'language',
  'repetition',
  'callRecording',
  'xyz',
  '__proto__',
];

/** Every place in a body, the body itself among them. */
export function placesIn(value: Json, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value as Record<string, Json>).flatMap(([key, inner]) => placesIn(inner, [...at, key]))];
}

/** A copy of `value` with what stands at `path` changed; undefined takes it out. */
export function withChange(value: Json, path: Path, change: (old: Json) => Json | undefined): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  const inner = (value as Record<string, Json>)[key] ?? null;
  const changed = withChange(inner, rest, change);
  if (Array.isArray(value))
    return value.flatMap((item: Json, index) => (index !== Number(key) ? [item] : changed === undefined ? [] : [changed]));
  const entries = Object.entries(value as Record<string, Json>).flatMap(([name, item]) =>
    name !== key ? [[name, item] as const] : changed === undefined ? [] : [[name, changed] as const],
  );
  // fromEntries defines fields: one called __proto__ stays a field.
  return Object.fromEntries(entries);
}

/** One more field in an object, one more element in a list; other values as they are. */
export function withMore(value: Json, key: string, extra: Json): Json {
  if (Array.isArray(value)) return [...value, extra];
  return typeof value === 'object' && value !== null ? Object.fromEntries([...Object.entries(value), [key, extra]]) : value;
}

const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...VALUES) },
  { weight: 1, arbitrary: fc.jsonValue() as fc.Arbitrary<Json> },
);
const change: fc.Arbitrary<(old: Json) => Json | undefined> = fc.oneof(
  value.map((put) => () => put),
  fc.constant(() => undefined),
  fc.tuple(fc.constantFrom(...KEYS), value).map(
    ([key, extra]) =>
      (old: Json) =>
        withMore(old, key, extra),
  ),
  fc.constantFrom<Json>(call, say, capture, playFile, hangup).map((action) => (old: Json) => withMore(old, 'callflow', action)),
);

/** Valid bodies after up to four changes anywhere. */
export const changedBody: fc.Arbitrary<Json> = fc
  .tuple(fc.constantFrom(...VALID), fc.array(fc.tuple(fc.nat(), change), { maxLength: 4 }))
  .map(([body, changes]) =>
    changes.reduce<Json>((before, [where, how]) => {
      const places = placesIn(before);
      return withChange(before, places[where % Math.min(places.length, 80)] ?? [], how) ?? null;
    }, body),
  );
