import { isatty } from 'node:tty';

/**
 * Whether somebody sits at a terminal that this process was started from. SIGHUP says that the terminal has gone; who has none, as under `nohup`, is not meant.
 * Node itself forgets that `nohup` has asked for the signal to be ignored.
 */
export function isAttached(): boolean {
  return [0, 1, 2].some((stream) => isatty(stream));
}
