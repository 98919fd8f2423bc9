import { spawn } from 'node:child_process';
import { InstallError } from '../errors/install-error.ts';

const LAST_LINES = 30;

/** Runs `npm install` in a project. Throws `InstallError` with the last of what npm printed. */
export async function npmInstall(folder: string, env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error'];
  let output = '';
  const code = await new Promise<number>((done) => {
    const child = spawn('npm', args, {
      cwd: folder,
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    const listen = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', (error) => {
      output += error.message;
      done(127);
    });
    child.once('close', (status) => done(status ?? 1));
  });
  if (code !== 0) throw new InstallError(folder, output.trim().split('\n').slice(-LAST_LINES).join('\n'));
}
