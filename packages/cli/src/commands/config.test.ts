import { describe, expect, it } from 'vitest';
import { hookswitch, project } from '../cli.test-support.ts';

const CONFIG =
  "import { defineConfig } from '@hookswitch/cli';\nexport default defineConfig({ port: 8080, hooks: { onEnd: () => {} } });\n";

describe('hookswitch config', () => {
  it('prints every setting and where it comes from', async () => {
    const cwd = project({ 'hookswitch.config.ts': CONFIG, '.env': 'HOOKSWITCH_LOG_LEVEL=warn\n' });
    const { code, out } = await hookswitch(['config'], { cwd, env: { HOOKSWITCH_API_KEY: 'hunter2', HOOKSWITCH_SUBACCOUNT_ID: 'Acme' } });
    expect(code).toBe(0);
    expect(out).toMatch(/^port +8080 +hookswitch\.config\.ts$/m);
    expect(out).toMatch(/^logLevel +warn +HOOKSWITCH_LOG_LEVEL$/m);
    expect(out).toMatch(/^apiKey +•+ +HOOKSWITCH_API_KEY$/m);
    expect(out).toMatch(/^publicUrl +– +not set$/m);
  });

  it('prints JSON', async () => {
    const { out } = await hookswitch(['config', '--json'], { cwd: project({ 'hookswitch.config.mjs': 'export default { port: 1 };' }) });
    expect(JSON.parse(out)).toMatchObject({ port: { value: 1, origin: 'hookswitch.config.mjs' }, apiKey: { value: null, origin: null } });
  });

  it('reads another file with --config, before or behind the command', async () => {
    const cwd = project({ 'conf/test.ts': 'export default { port: 2 };' });
    for (const args of [
      ['-c', 'conf/test.ts', 'config'],
      ['config', '-c', 'conf/test.ts'],
    ])
      expect((await hookswitch(args, { cwd })).out).toMatch(/^port +2 +conf\/test\.ts$/m);
  });

  it('warns of a variable that nobody reads', async () => {
    const { err } = await hookswitch(['config'], { cwd: project(), env: { HOOKSWITCH_PROT: '1' } });
    expect(err).toBe('Nothing reads the variable HOOKSWITCH_PROT. Did you mean HOOKSWITCH_PORT?\n');
  });

  it.each([
    ['an unknown key', 'export default { prot: 1 };', 'hookswitch.config.ts: there is no setting "prot". Did you mean "port"?', 2],
    ['no export', 'export const port = 1;', 'hookswitch.config.ts exports no settings.', 2],
    ['a throw', 'throw new Error("no vault");', 'threw while it was loaded. no vault.', 1],
  ])('refuses a file with %s', async (_what, source, problem, expected) => {
    const { code, err } = await hookswitch(['config'], { cwd: project({ 'hookswitch.config.ts': source }) });
    expect([code, err]).toEqual([expected, expect.stringContaining(problem)]);
  });

  it('says that a file is not there', async () => {
    const { code, err } = await hookswitch(['config', '-c', 'none.ts'], { cwd: project() });
    expect([code, err]).toEqual([2, expect.stringContaining('--config: there is no file none.ts.')]);
  });
});
