/** One thing that was looked at. */
export interface Diagnosis {
  /** A failure keeps a server from working; a warning may be meant. */
  readonly state: 'ok' | 'warning' | 'failure';
  readonly about: string;
  /** What was found, and what to do. */
  readonly text: string;
}
