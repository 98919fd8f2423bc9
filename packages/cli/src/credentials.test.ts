import { describe, expect, it } from 'vitest';
import { flowSource, hookswitch, project } from './cli.test-support.ts';

/** Variables that may name something by a URL, and what might stand in them. */
const VALUES: readonly (readonly [string, string])[] = [
  ...[
    'postgres://ivr:S3CRET@127.0.0.1:1/calls',
    'postgres://ivr:S3CRET@127.0.0.1:1,127.0.0.1:2/calls?target_session_attrs=read-write',
    'postgres://ivr:S3CRET@127.0.0.1:1/calls?target_session_attrs=master',
    'postgres://127.0.0.1:1/calls?user=ivr&password=S3CRET',
    'postgres://ivr:S3/CRET@127.0.0.1:1/calls',
    'postgres://ivr:S3%CRET@127.0.0.1:1/calls',
    'postgres://ivr/x:S3CRET@127.0.0.1:1/calls',
    'postgers://ivr:S3CRET@127.0.0.1:1/calls',
    'mysql://ivr:S3CRET@127.0.0.1:1/calls',
  ].flatMap((value) => [['HOOKSWITCH_STORE', value] as const, ['DATABASE_URL', value] as const]),
  ...[
    'HOOKSWITCH_PUBLIC_URL',
    'HOOKSWITCH_PLATFORM_URL',
    'HOOKSWITCH_URL',
    'HOOKSWITCH_ALLOWED_ADDRESSES',
    'HOOKSWITCH_TRUST_PROXY',
    'HOOKSWITCH_LOG_LEVEL',
  ].flatMap((name) =>
    ['http://me:S3CRET@127.0.0.1:1/', 'ws://me:S3CRET@127.0.0.1:1', 'http://127.0.0.1:1/?token=S3CRET'].map(
      (value) => [name, value] as const,
    ),
  ),
];

const COMMANDS = [
  ['config'],
  ['config', '--json'],
  ['doctor'],
  ['doctor', '--json'],
  ['start', '--port', '0'],
  ['calls', 'list'],
  ['call', 'a', '--from', '+6531580000', '--to', '+6531580001'],
  ['webhooks', 'list'],
];

describe('credentials in URLs', () => {
  it.each(VALUES)('are never printed by any command, nor with --debug: %s=%s', async (name, value) => {
    const cwd = project({ 'package.json': '{ "type": "module" }', 'flows/a.ts': flowSource('a') });
    const env = {
      HOOKSWITCH_STORE: 'memory',
      HOOKSWITCH_SUBACCOUNT_ID: 'Acme_Hotel',
      HOOKSWITCH_API_KEY: 'k',
      // Nobody outside is asked.
      HOOKSWITCH_PLATFORM_URL: 'http://127.0.0.1:1',
      [name]: value,
      ...(name === 'DATABASE_URL' ? { HOOKSWITCH_STORE: undefined } : {}),
    };
    // Side by side: what asks 8x8 asks again after a while.
    const ran = await Promise.all(COMMANDS.map((command) => hookswitch(['--debug', ...command], { cwd, env })));
    const printed = ran.map(({ out, err }) => `${out}${err}`).join('\n');
    expect(printed.replaceAll('/CRET', 'CRET').replaceAll('%CRET', 'CRET')).not.toContain('S3CRET');
  });
});
