import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ran, run, type Running, start } from './processes.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MAIN = join(ROOT, 'packages/cli/dist/main.js');
const BIN = join(ROOT, 'packages/cli/bin/hookswitch.js');

/** A project in a folder of its own, served by `hookswitch dev` as its author would serve it. */
export class DevProject {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'hookswitch-dev-')));
  #running: Running | null = null;
  #url = '';

  constructor(files: Readonly<Record<string, string>>) {
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
    this.save('package.json', '{ "type": "module" }\n');
    for (const [path, text] of Object.entries(files)) this.save(path, text);
  }

  /** Where the page is. */
  get page(): string {
    return `${this.#url}/console/`;
  }

  get port(): number {
    return Number(new URL(this.#url).port);
  }

  /** All that the terminal shows. */
  get terminal(): string {
    return this.#running?.printed() ?? '';
  }

  save(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** Serves, on the port that it had before if it had one; until the flows were explored, too. */
  async serve(...args: readonly string[]): Promise<void> {
    await this.opens(...args);
    await this.#running?.said(/Checked every path|It is served all the same/);
  }

  /** Opens the page, whatever becomes of the flows. */
  async opens(...args: readonly string[]): Promise<void> {
    if (!existsSync(MAIN)) await run(process.execPath, ['scripts/build.mjs'], ROOT);
    const port = this.#url === '' ? '0' : String(this.port);
    this.#running = start(process.execPath, [BIN, 'dev', '--port', port, ...args], this.folder);
    const [, url = ''] = await this.#running.said(/(http:\S+?)\/console\//);
    this.#url = url;
  }

  /** Runs it to its end, where it can't serve. */
  fails(...args: readonly string[]): Promise<Ran> {
    this.#running = start(process.execPath, [BIN, 'dev', ...args], this.folder);
    return this.#running.ended;
  }

  /** The next thing that the terminal says. */
  async says(pattern: RegExp, from = this.terminal.length): Promise<RegExpExecArray> {
    if (this.#running === null) throw new Error('hookswitch dev was not started.');
    return this.#running.said(pattern, from);
  }

  /** Ends it, as Ctrl+C does; gives the exit code. */
  async end(): Promise<number | null> {
    this.#running?.process.kill('SIGINT');
    return (await this.#running?.ended)?.code ?? null;
  }

  /** Runs the project's tests. */
  vitest(): ReturnType<typeof run> {
    return run(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', this.folder], this.folder);
  }

  async close(): Promise<void> {
    // Its processes first: one that still loads would wait for ever in a folder that is gone.
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
