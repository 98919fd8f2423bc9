import { test } from '@fast-check/vitest';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { hostileValue, HOSTILE_VALUES } from '../../../../test/support/hostile-values.ts';
import { ManualClock } from '../clock.test-support.ts';
import { createLogRedaction, type LogRedaction } from '../observe/log-redaction.ts';
import { steadyLog } from '../observe/steady-log.ts';
import { HookCalls } from './hook-calls.ts';

/** Lines of a log, with our own redaction or as a host's logger has it. */
function logged(options: Partial<LogRedaction>) {
  const lines: string[] = [];
  const { log } = Fastify({ logger: { ...options, stream: { write: (line: string) => void lines.push(line) } } });
  return { lines, calls: new HookCalls(new ManualClock(), steadyLog(log)) };
}

describe('a hook that fails with whatever there is', () => {
  test.prop([hostileValue])('is logged, in our own log and in that of any host, and nothing else stops', async (make) => {
    for (const options of [createLogRedaction(), {}]) {
      const { lines, calls } = logged(options);
      calls.call('onEnd', () => Promise.reject(make() as Error));
      await calls.settled();
      expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['a hook failed']);
    }
  });

  it.each(['an error whose message can not be read', 'an error whose message refuses'])('says so where it is %s', async (kind) => {
    const { lines, calls } = logged(createLogRedaction());
    calls.call('onRecording', () => Promise.reject(HOSTILE_VALUES[kind]?.() as Error));
    await calls.settled();
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      hook: 'onRecording',
      err: { message: expect.stringContaining('an error whose message') as unknown },
    });
  });
});
