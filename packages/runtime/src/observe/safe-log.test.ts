import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FileLines, type LineStream } from './log-output.ts';
import { safeLog } from './safe-log.ts';

const failure = (code: string): Error => Object.assign(new TypeError(code), { code });

function logTo(stream: LineStream) {
  const told: string[] = [];
  return { log: safeLog(stream, (line) => told.push(line)), told };
}

/** Opens a file for the time of a test. */
function opened(path: string): FileLines {
  const descriptor = openSync(path, 'a');
  onTestFinished(() => closeSync(descriptor));
  return new FileLines(descriptor);
}

const written = (lines: FileLines): Promise<void> => expect.poll(() => lines.writableLength).toBe(0);

describe('a log that can not be written', () => {
  it.each<[string, () => LineStream, string]>([
    [
      'throws',
      () => ({
        write: () => {
          throw failure('ENOSPC');
        },
      }),
      'the disk is full (ENOSPC)',
    ],
    [
      'throws what is no error',
      () => ({
        write: () => {
          throw Object.create(null) as Error;
        },
      }),
      'the stream that it goes to has failed',
    ],
    ['says so later', () => ({ write: (_, done) => void setImmediate(() => done?.(failure('EPIPE'))) }), 'whoever read it is gone (EPIPE)'],
    ['is a stream that fails', () => new Writable({ write: (_chunk, _encoding, done) => done(failure('EIO')) }), 'EIO'],
    ['is a stream that was destroyed', () => new PassThrough().destroy(), 'whoever read it is gone (ERR_STREAM_DESTROYED)'],
    ['takes lines that nobody reads', () => ({ write: () => undefined, writableLength: 2 * 1024 * 1024 }), 'its reader is slow'],
  ])('because the stream %s ends nothing: lines are counted, and one line tells of them', async (_what, make, why) => {
    const { log, told } = logTo(make());
    for (let line = 0; line < 3; line++) log.write('{}\n');
    await expect.poll(log.dropped).toBe(3);
    expect(told).toEqual([expect.stringMatching(/^hookswitch: the log can't be written: [^\n]*\n$/)]);
    expect(told[0]).toContain(why);
  });

  it('takes no more memory than a megabyte or so', async () => {
    const stuck = new Writable({ write: () => undefined, decodeStrings: false });
    const { log } = logTo(stuck);
    for (let line = 0; line < 5_000; line++) log.write(`${'x'.repeat(1_000)}\n`);
    expect(stuck.writableLength).toBeLessThan(1.1 * 1024 * 1024);
    expect(log.dropped()).toBeGreaterThan(3_000);
  });
});

describe('a log that can be written', () => {
  it('drops nothing and says nothing', async () => {
    const lines: string[] = [];
    const { log, told } = logTo({ write: (line) => lines.push(line) });
    log.write('{}\n');
    expect([lines, log.dropped(), told]).toEqual([['{}\n'], 0, []]);
  });

  it('has no credentials of URLs, whatever quotes them', () => {
    const lines: string[] = [];
    logTo({ write: (line) => lines.push(line) }).log.write(
      '{"err":{"message":"connect postgres://ivr:S3CRET@db/calls","stack":"at http://a:S3CRET@b"}}',
    );
    expect(lines).toEqual(['{"err":{"message":"connect postgres://••••••@db/calls","stack":"at http://••••••@b"}}']);
  });

  it('keeps lines in their order in a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hookswitch-log-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const lines = opened(join(folder, 'log'));
    const { log } = logTo(lines);
    const text = Array.from({ length: 500 }, (_, index) => `{"line":${index},"é":"…"}\n`);
    for (const line of text) log.write(line);
    await written(lines);
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe(text.join(''));
  });

  it.skipIf(process.platform !== 'linux')('counts what a full disk has not taken', async () => {
    const lines = opened('/dev/full');
    const { log, told } = logTo(lines);
    for (let line = 0; line < 10; line++) log.write('{}\n');
    await written(lines);
    expect([log.dropped(), told.length]).toEqual([10, 1]);
  });
});
