/**
 * What operators have set, as the calls of one process know it: read once, and again where a commit has said that it has changed. A commit that relies on it names its
 * revision, so that a change holds for the next call on every server. Which values hold at a moment is asked of the data, without a clock of its own.
 */
import type { AnySettingValues, SettingValue } from '@hookswitch/dsl';
import type { OverrideRow, Overrides, Store } from '../store/store.ts';

/** The name of the setting that every flow and number has. */
export const INTAKE = 'intake';

/** What is set for each scope. */
export interface KnownOverrides {
  readonly revision: number;
  readonly of: ReadonlyMap<string, readonly OverrideRow[]>;
}

/** No override, as where nobody has changed anything yet. */
export const NO_OVERRIDES: KnownOverrides = { revision: 0, of: new Map() };

/** The scope of a flow's settings. */
export function flowScope(flow: string): string {
  return `flow:${flow}`;
}

/** The scope of a number's settings: with and without `+` it is the same number. */
export function numberScope(number: string): string {
  return `number:${number.replace(/\D/g, '')}`;
}

/** By scope. */
export function knownOverrides({ revision, rows }: Overrides): KnownOverrides {
  const of = new Map<string, OverrideRow[]>();
  for (const row of rows) {
    const known = of.get(row.scope);
    if (known === undefined) of.set(row.scope, [row]);
    else known.push(row);
  }
  return { revision, of };
}

/** Whether an override holds at a moment. */
export function holds({ startsAt, endsAt }: Pick<OverrideRow, 'startsAt' | 'endsAt'>, at: number): boolean {
  return (startsAt === null || startsAt <= at) && (endsAt === null || at < endsAt);
}

/** The values that hold for a flow at a moment; what is not given is as declared. */
export function settingsAt({ of }: KnownOverrides, flow: string, at: number): AnySettingValues {
  const rows = (of.get(flowScope(flow)) ?? []).filter((row) => row.name !== INTAKE && holds(row, at));
  return Object.fromEntries(rows.flatMap(({ name, value }) => readValue(value).map((read) => [name, read as SettingValue] as const)));
}

/** Intake that is closed: what callers hear, and whose it is. */
export interface ClosedIntake {
  /** Null for the flow's phrase. */
  readonly says: string | null;
  readonly row: OverrideRow;
}

/** The intake of a flow, or of the number that is called, where it is closed at a moment; what is said of the number comes first. */
export function closedIntake(
  { of }: KnownOverrides,
  { flow, to }: { readonly flow: string; readonly to: string | null },
  at: number,
): ClosedIntake | null {
  for (const scope of [...(to === null ? [] : [numberScope(to)]), flowScope(flow)]) {
    const row = of.get(scope)?.find(({ name }) => name === INTAKE);
    const intake = row === undefined || !holds(row, at) ? null : readIntake(row.value);
    if (row !== undefined && intake !== null && !intake.open) return { says: intake.says, row };
  }
  return null;
}

/** Whether calls are taken, and what is heard where they are not. */
export interface Intake {
  readonly open: boolean;
  readonly says: string | null;
}

/** An intake as it is kept; null for what is none. */
export function readIntake(text: string): Intake | null {
  const [value] = readValue(text);
  if (typeof value !== 'object' || value === null || !('open' in value) || typeof value.open !== 'boolean') return null;
  const says = 'says' in value && typeof value.says === 'string' ? value.says : null;
  return { open: value.open, says };
}

/** A value as it is kept, alone in a list; none where it can't be read. */
function readValue(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}

/** What one process knows of them. */
export class OverridesCache {
  readonly #store: Pick<Store, 'overrides'>;
  /** As it was read last; null where it has to be read. */
  known: KnownOverrides | null = null;
  #reading: Promise<KnownOverrides> | null = null;

  constructor(store: Pick<Store, 'overrides'>) {
    this.#store = store;
  }

  /** Asks the store; several that ask at once ask once. */
  read(): Promise<KnownOverrides> {
    if (this.#reading !== null) return this.#reading;
    const reading = this.#store.overrides().then((read) => {
      const known = knownOverrides(read);
      // What was forgotten meanwhile may be older than what made it so.
      if (this.#reading === reading) this.known = known;
      return known;
    });
    this.#reading = reading;
    const done = (): void => {
      if (this.#reading === reading) this.#reading = null;
    };
    reading.then(done, done);
    return reading;
  }

  /** It has changed: the next look reads the store. */
  forget(): void {
    this.known = null;
    this.#reading = null;
  }
}
