import { describe, expect, it } from 'vitest';
import { hookswitch, project } from './cli.test-support.ts';
import { packageVersion } from './package-version.ts';

describe('hookswitch', () => {
  it.each([[['--help']], [['-h']], [['help']], [['help', 'calls']], [['start', '--help']]])('explains itself with %j', async (args) => {
    const { code, out } = await hookswitch(args);
    expect([code, out]).toEqual([0, expect.stringContaining('Usage: hookswitch')]);
  });

  it('prints its version', async () => {
    expect(await hookswitch(['--version'])).toEqual({ code: 0, out: `${packageVersion()}\n`, err: '' });
  });

  it.each([
    [['chek'], "unknown command 'chek'", '(Did you mean check?)'],
    [['check', '--strikt'], "unknown option '--strikt'", '(Did you mean --strict?)'],
    [['calls', 'lst'], "unknown command 'lst'", '(Did you mean list?)'],
    [['graph'], "missing required argument 'flow'", 'add --help'],
    [['start', '--port', '99999'], 'A port is a whole number in 0..65535.', 'add --help'],
    [['start', '--log-level', 'loud'], 'Allowed choices are trace, debug', 'add --help'],
    [['graph', 'a', '--format', 'png'], 'Allowed choices are mermaid, json, svg', 'add --help'],
    [['call', 'a', '--to', '+6591178965'], "required option '--from <number>' not specified", 'add --help'],
  ])('exits with 2 for %j', async (args, problem, advice) => {
    const { code, out, err } = await hookswitch(args);
    expect([code, out, err]).toEqual([2, '', expect.stringContaining(problem)]);
    expect(err).toContain(advice);
  });

  it('prints help and exits with 2 where no command is named', async () => {
    const { code, err } = await hookswitch([]);
    expect([code, err]).toEqual([2, expect.stringContaining('Usage: hookswitch')]);
  });

  it('says what to do, and the code to look up', async () => {
    const { code, err } = await hookswitch(['check'], { cwd: project() });
    expect(code).toBe(2);
    expect(err).toBe(
      'hookswitch: flows: there is no such file or folder. Name where your flows are, or make a first one with: hookswitch init.\n(HS_FLOWS_MISSING, see docs/errors.md)\n',
    );
  });

  it('colours only for terminals', async () => {
    const cwd = project();
    expect((await hookswitch(['config'], { cwd })).out).not.toContain('\u001b');
    expect((await hookswitch(['config'], { cwd, isTTY: true })).out).toContain('\u001b[2m');
    expect((await hookswitch(['config'], { cwd, isTTY: true, env: { NO_COLOR: '1' } })).out).not.toContain('\u001b');
    expect((await hookswitch(['config'], { cwd, env: { FORCE_COLOR: '1' } })).out).toContain('\u001b[2m');
  });

  it('shows the stack of an error with --debug', async () => {
    const { err } = await hookswitch(['--debug', 'check'], { cwd: project() });
    expect(err).toMatch(/FlowsMissingError: [^]*\n {4}at /);
  });

  it('exits with 70 and a stack for what nobody foresaw', async () => {
    const cwd = project({ 'hookswitch.config.mjs': 'export default new Proxy({}, { ownKeys() { throw new RangeError("odd"); } });' });
    const { code, err } = await hookswitch(['config'], { cwd });
    expect([code, err]).toEqual([70, expect.stringMatching(/something went wrong that should not have[^]*RangeError: odd\n {4}at /)]);
  });
});
