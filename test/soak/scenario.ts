import type { StoreKind, StorePlace } from '../support/store-place.ts';

/** What a scenario is run with. */
export interface SoakSettings {
  /** How many calls, about. */
  readonly calls: number;
  readonly seed: number;
  /** An empty store. It is removed afterwards. */
  readonly place: StorePlace;
  /** Whether servers run the packages' `dist/`; their sources otherwise. */
  readonly built: boolean;
  /** Folder of the release before, with its packages built; null where none was given. */
  readonly old: string | null;
  /** A line for whoever watches. */
  readonly tell: (line: string) => void;
}

/** What a scenario found. */
export interface SoakResult {
  /** Everything that went otherwise than it must, in words; empty when all is well. */
  readonly wrong: readonly string[];
  /** Under stable names, in units that the names tell. */
  readonly figures: Readonly<Record<string, number>>;
}

/** One way to try a server for long: a file in this folder, and a line in `scenarios.ts`. */
export interface Scenario {
  /** What it does and what must hold, in one sentence. */
  readonly what: string;
  readonly stores: readonly StoreKind[];
  /** Settings of its Postgres. @default those of the tests */
  readonly postgres?: Readonly<Record<string, string>>;
  run(settings: SoakSettings): Promise<SoakResult>;
}
