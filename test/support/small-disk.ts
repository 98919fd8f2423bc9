import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small disk that can be filled to the last byte. Only processes that enter its namespace see it; it is gone when they are. */
export interface SmallDisk {
  /** Where it is for those inside. */
  readonly folder: string;
  /** What a command is to be preceded by in order to be inside. */
  readonly enter: readonly string[];
  /** Takes all the space that is left. */
  fill(): void;
  /** Gives it back. */
  free(): void;
  /** Copies what is on it into a folder outside. */
  copyTo(folder: string): void;
  remove(): Promise<void>;
}

/** How a namespace is made and entered: as root, or as anybody where the system lets anybody. */
const WAYS = [
  { make: ['--mount'], enter: ['-m'] },
  { make: ['--user', '--map-root-user', '--mount'], enter: ['-U', '-m', '--preserve-credentials'] },
];
const CHUNK = Buffer.alloc(64 * 1024);

/** Mounts a small disk; a text says why that can't be done here. */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk | string> {
  let why = 'it needs Linux';
  for (const way of process.platform === 'linux' ? WAYS : []) {
    const disk = await mount(megabytes, way);
    if (typeof disk !== 'string') return disk;
    why = disk;
  }
  return `no disk can be mounted here: ${why}`;
}

async function mount(megabytes: number, { make, enter }: (typeof WAYS)[number]): Promise<SmallDisk | string> {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-disk-'));
  // It lives as long as its standard input, so that nothing is left when whoever mounted it is gone.
  const script = `mount -t tmpfs -o size=${megabytes}m tmpfs "$0" && echo mounted && exec cat`;
  const keeper = spawn('unshare', [...make, 'sh', '-c', script, folder], { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  keeper.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ended = Promise.race([once(keeper, 'exit'), once(keeper, 'error').then(([error]) => (complaint = String(error)))]);
  const isMounted = await Promise.race([once(keeper.stdout, 'data').then(() => true), ended.then(() => false)]);
  if (!isMounted) {
    rmSync(folder, { recursive: true });
    return complaint.trim();
  }
  const outside = `/proc/${keeper.pid}/root${folder}`;
  const ballast = join(outside, 'ballast');
  return {
    folder,
    enter: ['nsenter', '-t', String(keeper.pid), ...enter],
    fill: () => fill(ballast),
    free: () => rmSync(ballast, { force: true }),
    copyTo: (target) => {
      for (const file of readdirSync(outside)) cpSync(join(outside, file), join(target, file));
    },
    remove: async () => {
      keeper.stdin.end();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

/** First in large steps, then byte for byte. */
function fill(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (let size = CHUNK.length; size >= 1;) {
      try {
        writeSync(descriptor, CHUNK, 0, size);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        size = Math.floor(size / 2);
      }
    }
  } finally {
    closeSync(descriptor);
  }
}
