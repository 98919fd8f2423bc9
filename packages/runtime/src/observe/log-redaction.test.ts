import Fastify, { type FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { sample } from '../payloads/samples.test-support.ts';
import { createLogRedaction, type LogRedactionOptions } from './log-redaction.ts';

/** A server whose log is kept, line by line. */
function logged(options: LogRedactionOptions = {}): { app: FastifyInstance; lines: () => Record<string, unknown>[] } {
  const lines: string[] = [];
  const stream = { write: (line: string) => void lines.push(line) };
  const app = Fastify({ logger: { level: 'trace', stream, ...createLogRedaction(options) } });
  return { app, lines: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('what a route logs', () => {
  it('is what was asked for, without query, headers and body', async () => {
    const { app, lines } = logged();
    app.post('/numbers/:number', () => ({}));
    await app.inject({
      method: 'POST',
      url: '/numbers/+6568888821?to=%2B6591178965&token=t0k3n',
      headers: { authorization: 'Bearer s3cret' },
      payload: sample('vca-action-completed'),
    });
    expect(lines()[0]).toMatchObject({ req: { method: 'POST', url: '/numbers/+65••••21?…' } });
    expect(JSON.stringify(lines())).not.toMatch(/s3cret|t0k3n|6568888821|6591178965|6598888888/);
  });

  it('is masked where a handler throws: field, stack and message', async () => {
    const { app, lines } = logged();
    app.get('/', () => {
      throw new TypeError('no customer 4711 for 6568888821');
    });
    await app.inject('/');
    const line = lines().find(({ err }) => err !== undefined);
    expect(line).toMatchObject({
      err: { type: 'TypeError', message: 'no customer •••• for ••••••••••' },
      msg: 'no customer •••• for ••••••••••',
    });
    expect(JSON.stringify(lines())).not.toMatch(/4711|6568888821/);
  });
});

describe('what is logged by hand', () => {
  it.each(['webhook', 'body', 'raw', 'payload', 'event', 'data'])('%s is masked as a webhook', (key) => {
    const { app, lines } = logged();
    app.log.info({ [key]: { eventData: { dtmf: '4711' }, note: 'pressed 4711', source: '+6568888821' } }, 'came');
    expect(lines()[0]).toMatchObject({ [key]: { eventData: { dtmf: '••••' }, note: 'pressed ••••', source: '+65••••21' }, msg: 'came' });
  });

  it('other fields are masked by their names', () => {
    const { app, lines } = logged();
    app.log.info({ dtmf: '4711', from: '+6568888821', flow: 'support', ms: 1234, token: 'x' }, 'turn');
    expect(lines()[0]).toMatchObject({ dtmf: '••••', from: '+65••••21', flow: 'support', ms: 1234, token: '[secret]' });
  });

  it('bindings of child loggers are masked too', () => {
    const { app, lines } = logged();
    app.log.child({ call: 'c-1', to: '+6568888821', eventData: '4711' }).info('turn');
    expect(lines()[0]).toMatchObject({ call: 'c-1', to: '+65••••21', eventData: '••••' });
  });

  it('numbers in messages and in what is put into them are masked', () => {
    const { app, lines } = logged();
    app.log.info('call from %s to +6568888821 on port %d', '+6591178965', 8080);
    app.log.info({}, 'call from %s: %o', '+6591178965', { dtmf: '4711' });
    expect(lines()[0]?.['msg']).toBe('call from +65••••65 to +65••••21 on port 8080');
    expect(lines()[1]?.['msg']).toBe('call from +65••••65: {"dtmf":"••••"}');
  });

  it('an error that is logged alone, or under err, brings no message of its own', () => {
    const { app, lines } = logged();
    app.log.error(new TypeError('PIN 4711'));
    app.log.error({ err: new TypeError('PIN 4711') });
    app.log.error({ err: new TypeError('PIN 4711') }, 'step failed');
    app.log.error({ err: 'PIN 4711', cause: new TypeError('PIN 4711') });
    expect(lines().map(({ msg }) => msg)).toEqual(['PIN ••••', 'PIN ••••', 'step failed', undefined]);
    expect(JSON.stringify(lines())).not.toContain('4711');
  });

  it('numbers stay where they are wanted, digits never do', () => {
    const { app, lines } = logged({ numbers: 'keep' });
    app.log.info({ from: '+6568888821', webhook: { dtmf: '4711', source: '+6568888821' } }, 'call from +6568888821');
    expect(lines()[0]).toMatchObject({
      ...{ from: '+6568888821', webhook: { dtmf: '••••', source: '+6568888821' }, msg: 'call from +6568888821' },
    });
  });
});
