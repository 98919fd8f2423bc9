import type { Patch } from './patches.ts';

/** A part of the global object, which a host may lack. */
type Part = Readonly<Record<string, unknown>> | undefined;

/** Other clocks than `Date`, and other chance than `Math.random`; `now` and `draw` are called at each look. */
export function machinePatches(now: () => number, draw: () => number, zone: string): readonly Patch[] {
  const { performance, crypto, process, Temporal } = globalThis as unknown as Readonly<Record<string, Part>>;
  return [
    ...on(performance, { now: () => now() % 1e9 }),
    ...on(crypto, { randomUUID: () => uuid(draw), getRandomValues: (array: ArrayBufferView) => filled(array, draw) }),
    ...on(process, { hrtime: hrtime(now), uptime: () => (now() % 1e9) / 1_000 }),
    ...on(Temporal?.['Now'] as Part, temporalNow(Temporal, now, zone)),
  ];
}

function on(part: Part, values: Readonly<Record<string, unknown>>): readonly Patch[] {
  if (part === undefined || part === null) return [];
  return Object.entries(values).map(([key, value]) => ({ on: part, key, value }));
}

function hrtime(now: () => number): unknown {
  const read = (before: readonly [number, number] = [0, 0]): [number, number] => {
    const at = now();
    return [Math.floor(at / 1_000) - before[0], (at % 1_000) * 1e6 - before[1]];
  };
  return Object.assign(read, { bigint: () => BigInt(Math.floor(now())) * 1_000_000n });
}

function filled(array: ArrayBufferView, draw: () => number): ArrayBufferView {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  for (let index = 0; index < bytes.length; index++) bytes[index] = Math.floor(draw() * 256);
  return array;
}

function uuid(draw: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(draw() * 16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

interface ZonedTime {
  toPlainDate(): unknown;
  toPlainTime(): unknown;
  toPlainDateTime(): unknown;
}
interface InstantClass {
  fromEpochMilliseconds(at: number): { toZonedDateTimeISO(zone: string): ZonedTime };
}

function temporalNow(temporal: Part, now: () => number, here: string): Readonly<Record<string, unknown>> {
  const instant = () => (temporal?.['Instant'] as InstantClass).fromEpochMilliseconds(now());
  const zoned = (zone = here): ZonedTime => instant().toZonedDateTimeISO(zone);
  return {
    instant,
    timeZoneId: () => {
      now();
      return here;
    },
    zonedDateTimeISO: zoned,
    plainDateISO: (zone?: string) => zoned(zone).toPlainDate(),
    plainTimeISO: (zone?: string) => zoned(zone).toPlainTime(),
    plainDateTimeISO: (zone?: string) => zoned(zone).toPlainDateTime(),
  };
}
