/** Something that will happen; `cancel` takes it back. */
export interface Timer {
  cancel(): void;
}

/** The time of one session. Times in ms since 1970, UTC. */
export interface Timeline {
  now(): number;
  /** Does `act` after `ms`. */
  after(ms: number, act: () => void): Timer;
  /** Virtual time stands still until the returned function is called: something that takes no simulated time is under way. No effect on real time. */
  hold(): () => void;
  /** Nothing more will happen on this timeline. */
  close(): void;
}

/** Where time comes from. */
export interface Clock {
  readonly kind: 'real' | 'virtual';
  /** The platform's time: what the REST API and the file cache go by. */
  now(): number;
  /** Opens the time of one more session. */
  timeline(): Timeline;
  /** Stops all timelines. */
  close(): void;
}
