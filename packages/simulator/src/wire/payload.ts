import type { WireBehaviour } from './wire-behaviour.ts';

/** A JSON object under construction; undefined fields are missing ones. */
export type Fields = { readonly [name: string]: unknown };

/** The fields with their keys in the case that is asked for, and what is missing left out or null. */
export function writeFields(fields: Fields, wire: Pick<WireBehaviour, 'missing' | 'keyCase'>): Fields {
  // JSON leaves out what is undefined.
  if (wire.missing === 'absent' && wire.keyCase === 'documented') return fields;
  const written: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined && wire.missing === 'absent') continue;
    written[writeKey(name, wire.keyCase)] = value ?? null;
  }
  return written;
}

function writeKey(name: string, keyCase: WireBehaviour['keyCase']): string {
  if (keyCase === 'documented') return name;
  return keyCase === 'lower' ? name.toLowerCase() : name.charAt(0).toUpperCase() + name.slice(1);
}

/** The body of a webhook. */
export function envelope(eventType: string, description: string, payload: Fields, wire: WireBehaviour, version?: number): string {
  const head = { namespace: 'VOICE', eventType, description };
  const tail = version === undefined ? {} : { version };
  const unknown = wire.unknownFields ? { platformRegion: 'simulated', labels: [{ name: 'new', value: 1 }] } : {};
  const inner = wire.unknownFields ? { ...payload, carrierHints: { route: 'simulated', weights: [0.5, null] } } : payload;
  return wire.keyOrder === 'payload-first'
    ? JSON.stringify({ payload: inner, ...head, ...tail, ...unknown })
    : JSON.stringify({ ...head, ...tail, payload: inner, ...unknown });
}

/** ISO 8601 with milliseconds, as call events have it. */
export function isoMs(at: number): string {
  return new Date(at).toISOString();
}

/** ISO 8601 in whole seconds, as summaries have it. */
export function isoSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
