import { getPriority, constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { flowSource, project } from '../cli.test-support.ts';
import { type BackgroundCheck, checkInBackground } from './background-check.ts';

const MODULE = { 'package.json': '{ "type": "module" }' };
const env = { TSX_TSCONFIG_PATH: fileURLToPath(new URL('../../../../tsconfig.test.json', import.meta.url)) };
const throws = "throw new Error('never');";

/** A check of a project that holds `files`, and what it logs. */
function checked(files: Readonly<Record<string, string>>, task = {}): { check: BackgroundCheck; lines: [string, object, string][] } {
  const lines: [string, object, string][] = [];
  const log = {
    warn: (fields: object, message: string) => void lines.push(['warn', fields, message]),
    debug: (message: string) => void lines.push(['debug', {}, message]),
  };
  const check = checkInBackground({ paths: [], configFile: null, ...task }, { cwd: project({ ...MODULE, ...files }), env, log });
  onTestFinished(() => {
    check.end();
    return check.ended;
  });
  return { check, lines };
}

// Each test starts a process, which compiles what it loads; on a busy machine one of the lowest priority takes its time.
describe('checkInBackground', () => {
  it('warns of each flow that check refuses, with the file and line of the first error', async () => {
    const files = {
      'other.config.ts': "export default { flows: 'lines' };",
      'flows/elsewhere.ts': flowSource('elsewhere', { after: throws }),
      'lines/bad.ts': flowSource('bad', { version: '2', after: throws }),
      'lines/good.ts': `${flowSource('good')}setInterval(() => undefined, 1e8);`,
      'lines/worse.ts': flowSource('worse', { after: throws }),
    };
    const { check, lines } = checked(files, { configFile: 'other.config.ts' });
    await check.ended;
    const bad = { flow: 'bad', version: '2', errors: 1, code: 'HS_VERIFY_FLOW_THROWS' };
    expect(lines).toEqual([
      [
        'warn',
        bad,
        expect.stringMatching(/^hookswitch check refuses the flow "bad" 2: 1 error at lines\/bad\.ts:5:9: .+ Run: hookswitch check$/),
      ],
      ['warn', { ...bad, flow: 'worse', version: '1' }, expect.stringContaining('"worse": 1 error at lines/worse.ts:5:9: ')],
      ['debug', {}, 'the flows are checked'],
    ]);
  });

  it('explores the paths that the server was started with', async () => {
    const flow = flowSource('a', { after: throws });
    const { check, lines } = checked({ 'flows/a.ts': flow, 'flows/b.ts': flow }, { paths: ['flows/b.ts'] });
    await check.ended;
    expect(lines.map(([, , text]) => text)).toEqual([expect.stringContaining('at flows/b.ts:5:9: '), 'the flows are checked']);
  });

  it('runs with the lowest priority, and ends when it is told to, silently', async () => {
    const { check, lines } = checked({ 'flows/a.ts': `${flowSource('a')}for (;;);` });
    expect(getPriority(check.pid)).toBe(constants.priority.PRIORITY_LOW);
    check.end();
    await check.ended;
    expect(lines).toEqual([]);
  });

  it.each([
    ['can not be loaded', 'export const = 1;', 'flows/a.ts:1:'],
    ['end the process that explores them', 'process.exit(7);', 'ended with 7'],
  ])('says in one line that flows %s', async (_what, source, reason) => {
    const { check, lines } = checked({ 'flows/a.ts': source });
    await check.ended;
    expect(lines).toEqual([
      ['warn', { reason: expect.stringContaining(reason) as string }, expect.stringContaining('could not be checked')],
    ]);
  });
});
