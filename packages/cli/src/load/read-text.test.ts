import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flowSource, hookswitch, project } from '../cli.test-support.ts';
import { devKey } from '../dev/dev-key.ts';

const CONFIG = 'export default { port: 4711 };\n';
const JOURNAL =
  '{"format":"hookswitch-journal","version":1,"flow":"asks","flowVersion":"1","status":"live","site":"key","call":{"id":"1","language":"en"},"entries":[]}';

/** Every file that a command reads: its name, its text, the command, and what it prints once it has understood it. */
const FILES: readonly (readonly [string, string, readonly string[], RegExp])[] = [
  ['.env', 'HOOKSWITCH_PORT=4711\nHOOKSWITCH_HOST=127.0.0.9\n', ['config'], /4711.*\.?env|HOOKSWITCH_PORT/i],
  ['hookswitch.config.ts', CONFIG, ['config'], /4711/],
  ['hookswitch.config.mjs', CONFIG, ['config'], /4711/],
  ['other.config.mjs', CONFIG, ['--config', 'other.config.mjs', 'config'], /4711/],
  ['flows/asks.ts', flowSource('asks'), ['check'], /✓ asks/],
  ['flows/asks.mjs', flowSource('asks'), ['check'], /✓ asks/],
  ['a.json', JOURNAL, ['replay', 'a.json', '--flow', 'asks'], /^identical/],
];

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const OTHERS: Readonly<Record<string, (text: string) => Buffer>> = {
  'UTF-16 as PowerShell writes it': (text) => utf16(`\ufeff${text}`),
  'UTF-16 the other way round': (text) => utf16(`\ufeff${text}`).swap16(),
  'UTF-16 without its mark': utf16,
  'Latin-1': (text) => Buffer.from(text.replace(/[a-z]/i, '\u00e4'), 'latin1'),
};

/** A project with this file; the only flow is in it, or beside it. */
function withFile(name: string, bytes: Buffer): string {
  const cwd = project({ ...(name.startsWith('flows/') ? {} : { 'flows/asks.ts': flowSource('asks') }), [name]: '' });
  writeFileSync(join(cwd, name), bytes);
  return cwd;
}

describe.each(FILES)('%s', (name, text, args, understood) => {
  it.each([
    ['as it is', text],
    ['with a byte order mark', `\ufeff${text}`],
    ['with line ends of Windows', `\ufeff${text.replaceAll('\n', '\r\n')}`],
  ])('is read %s, from its first line', async (_how, written) => {
    const { code, out, err } = await hookswitch(args, { cwd: withFile(name, Buffer.from(written)) });
    expect([code, out], err).toEqual([0, expect.stringMatching(understood)]);
  });

  it.each(Object.entries(OTHERS))('is refused in %s, by name', async (_how, encode) => {
    const { code, out, err } = await hookswitch(args, { cwd: withFile(name, encode(text)) });
    expect([code, `${out}${err}`]).toEqual([expect.toSatisfy((exit) => exit === 1 || exit === 2), expect.stringContaining(name)]);
    expect(`${out}${err}`).toMatch(/not UTF-8/);
  });
});

describe('what is no file', () => {
  it.each(['.env', 'hookswitch.config.ts'])('%s that is a folder is told', async (name) => {
    const { code, err } = await hookswitch(['config'], { cwd: project({ [`${name}/x`]: '' }) });
    expect([code, err]).toEqual([2, expect.stringContaining(`${name} is a folder, not a file.`)]);
  });

  it('a key of development in another encoding is made anew', () => {
    const cwd = withFile('dev.key', utf16(`\ufeff${Buffer.alloc(32).toString('base64')}`));
    expect(Buffer.from(devKey(cwd), 'base64')).toHaveLength(32);
    expect(devKey(cwd)).toBe(devKey(cwd));
  });
});
