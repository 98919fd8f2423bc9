import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Cli } from '../cli.ts';

/** Until the process is told to end, or a test says so. */
export async function untilTold({ context: { stop } }: Cli): Promise<void> {
  if (stop === null) {
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    return;
  }
  if (!stop.aborted) await once(stop, 'abort');
}

/** Asks the desktop to open a page. Where there is none, the address that was printed is all there is. */
export function openBrowser(page: string): void {
  const [command, ...args] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  spawn(command as string, [...args, page], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
