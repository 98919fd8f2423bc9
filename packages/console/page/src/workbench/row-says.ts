/** What a line of the outline, and its box, says beside the name of its site. */
export interface RowSays {
  /** One text for each column of the layer. */
  readonly columns: readonly string[];
  /** The same, in words. */
  readonly words: string;
}

/** A layer of the diagram, as the outline shows it. */
export interface OutlineLayer {
  /** Heads of the columns. */
  readonly heads: readonly string[];
  /** What is said of some sites: of one, or of all that are folded below one line. */
  readonly says: (sites: readonly string[]) => RowSays;
}
