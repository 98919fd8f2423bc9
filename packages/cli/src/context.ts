/** Where text goes. */
export interface Output {
  write(text: string): unknown;
  /** Colours, progress and pretty log lines are for terminals only. */
  readonly isTTY?: boolean;
}

/** Everything that the command line has of the world around it. */
export interface CliContext {
  /** Results: what a pipe wants. */
  readonly out: Output;
  /** Everything else: progress, notes, errors. */
  readonly err: Output;
  /** Variables; those of a `.env` file are added. */
  readonly env: Record<string, string | undefined>;
  /** The working directory. */
  readonly cwd: string;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  /** Loads a module by its file URL, TypeScript included. */
  readonly importModule: (url: string) => Promise<Readonly<Record<string, unknown>>>;
  /** Ends a server that was started. Null: the signals of the process do. */
  readonly stop: AbortSignal | null;
}
