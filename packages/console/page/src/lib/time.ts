import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** How far the server's clock is ahead of this machine's, ms. */
const ahead = signal(0);
const now = signal(Date.now());

/** Notes what the server's clock shows. */
export function setServerTime(at: number): void {
  ahead.value = at - Date.now();
  now.value = Date.now();
}

const SECOND = 1_000;
let users = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The time on the server's clock, each second anew while `isNeeded`. */
export function useServerTime(isNeeded: boolean): number {
  useEffect(() => {
    if (!isNeeded) return;
    now.value = Date.now();
    if (users++ === 0) timer = setInterval(() => (now.value = Date.now()), SECOND);
    return () => {
      if (--users === 0) clearInterval(timer);
    };
  }, [isNeeded]);
  return now.value + ahead.value;
}
