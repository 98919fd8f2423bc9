import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCli } from '../cli.ts';
import { logStream } from './log-stream.ts';
import { jsonText, shown } from './terminal.ts';

/** What a terminal obeys: ESC and CSI, in both their forms, and what goes back over what was said. */
const COMMAND = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
const nasty = fc.string({
  unit: fc.oneof(fc.constantFrom('\u001b', '[', '2', 'J', '\u009b', '\r', '\u0007', '\u0008', '\u202e', 'm'), fc.string({ maxLength: 2 })),
});

function terminal(isTTY: boolean) {
  const printed: string[] = [];
  const out = { write: (text: string) => void printed.push(text), isTTY };
  const cli = createCli({
    out,
    err: out,
    env: { FORCE_COLOR: isTTY ? '1' : '0' },
    cwd: '/',
    now: () => 0,
    importModule: () => Promise.resolve({}),
    stop: null,
  });
  return { cli, text: () => printed.join('') };
}

/** Without our own colours, and our own line that goes away. */
const withoutOurs = (text: string): string => text.replace(/\u001b\[(?:\d{1,2}m|G|K)/g, '');

describe('what others say', () => {
  it('sends no commands to the terminal, however it is printed', () => {
    fc.assert(
      fc.property(nasty, fc.boolean(), (text, isTTY) => {
        const { cli, text: printed } = terminal(isTTY);
        cli.print(text);
        cli.tell(`${cli.noteColors.red(text)} ${cli.noteColors.bold(text)}`);
        cli.progress.update(text);
        cli.printJson({ [text]: text });
        expect((isTTY ? withoutOurs(printed()) : printed()).replaceAll('\n', '')).not.toMatch(COMMAND);
        if (!isTTY) expect(printed()).not.toContain('\u001b');
      }),
    );
  });

  it('sends none in a line of the log that is made to be read', async () => {
    const lines: string[] = [];
    const stream = await logStream({ out: { write: (text: string) => void lines.push(text), isTTY: true }, env: {} } as never);
    stream.write(
      `${JSON.stringify({ level: 50, time: 0, msg: 'step \u001b[2J failed', err: { message: '\u009b2J\u001b]0;x\u0007', stack: 'at\u001b[1A' } })}\n`,
    );
    stream.write('printed by a step \u001b[2J\n');
    expect(withoutOurs(lines.join('')).replaceAll('\n', '')).not.toMatch(COMMAND);
    expect(lines.join('')).toContain('step \ufffd[2J failed');
  });

  it('is the same as JSON for a program', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        nasty,
        (value, text) => void expect(JSON.parse(jsonText({ value, text }))).toEqual(JSON.parse(JSON.stringify({ value, text }))),
      ),
    );
  });

  it('keeps lines, tabs, and the letters of every language', () => {
    expect(shown('a\tb\r\nc é 你好 مرحبا 👋')).toBe('a\tb\nc é 你好 مرحبا 👋');
  });
});

describe('our own colours', () => {
  it('reach a terminal, and nobody else', () => {
    const [on, off] = [terminal(true), terminal(false)];
    on.cli.print(on.cli.colors.red('x'));
    off.cli.print(off.cli.colors.red('x'));
    expect([on.text(), off.text()]).toEqual(['\u001b[31mx\u001b[39m\n', 'x\n']);
  });
});
