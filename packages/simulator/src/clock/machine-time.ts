/** The machine's own time, as an argument: by hand in tests. */
export interface MachineTime {
  /** Milliseconds since 1970, UTC, with fractions; never goes back. */
  now(): number;
  /** Does `act` after `ms`; the returned function takes it back. */
  after(ms: number, act: () => void): () => void;
}

/** setTimeout takes no more than this. */
const MAX_SLEEP = 2_147_483_647;

/** The time of this machine. */
export const machineTime: MachineTime = {
  now: () => performance.timeOrigin + performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, Math.min(MAX_SLEEP, Math.max(0, ms)));
    return () => clearTimeout(timer);
  },
};
