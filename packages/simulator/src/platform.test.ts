import { describe, expect, it } from 'vitest';
import { caller } from './callers/script.ts';
import { SessionOverError } from './errors/session-over-error.ts';
import { SimulatorClosedError } from './errors/simulator-closed-error.ts';
import { createPlatform } from './platform.ts';
import { answer, hangup, menuServer, say, serveWebhooks, simulate } from './webhook-server.test-support.ts';

describe('a person on the line', () => {
  it('hears what the server answers and presses keys', async () => {
    const server = await menuServer();
    const platform = simulate(server);
    const session = platform.inboundCall({ from: '+6591178965', to: '+6568332048' });
    await session.ready();
    expect(session.state).toBe('listening');
    await session.press('2');
    await session.press('1');
    expect(session.heard).toEqual(['Welcome', 'Press one', 'Other', 'Press one', 'One']);
    expect(session.end).toMatchObject({ by: 'server', status: 'COMPLETED', errorCode: null });
    expect(platform.faults).toEqual([]);
  });

  it('stays quiet until it is asked again', async () => {
    const session = simulate(await menuServer()).inboundCall();
    await session.ready();
    await session.stayQuiet();
    expect(session.heard).toEqual(['Welcome', 'Press one', 'Other', 'Press one']);
    expect(session.events.find(({ type }) => type === 'captured')).toMatchObject({ dtmf: null, reason: 'silence' });
  });

  it('follows the events as they happen', async () => {
    const session = simulate(await menuServer()).inboundCall();
    const types: string[] = [];
    const reading = (async () => {
      for await (const event of session) types.push(event.type);
    })();
    await session.ready();
    await session.press('1');
    await reading;
    expect(types).toEqual([
      'ringing',
      'asking',
      'answered',
      'connected',
      'spoken',
      'spoken',
      'listening',
      'key',
      'captured',
      'asking',
      'answered',
      'spoken',
      'ended',
      'closed',
    ]);
  });

  it('is not heard while nothing listens', async () => {
    const server = await serveWebhooks(() => answer(say('x'.repeat(50)), hangup));
    const session = simulate(server, { behaviour: { capture: { msPerCharacter: 50 } } }).inboundCall();
    session.on((event) => event.type === 'spoken' && void session.press('1'));
    await session.closed;
    expect(session.events.filter(({ type }) => type === 'key')).toMatchObject([{ key: '1', heard: false }]);
  });

  it('can do nothing after the end', async () => {
    const session = simulate(await menuServer()).inboundCall();
    await session.hangUp();
    for (const act of [
      () => session.press('1'),
      () => session.hangUp(),
      () => session.stayQuiet(),
      () => session.wait(1),
      () => session.partyDoes('busy'),
    ]) {
      expect(act).toThrow(SessionOverError);
    }
  });

  it('can not act in the place of a script, nor for a party that is not played by hand', async () => {
    const platform = simulate(await menuServer());
    const scripted = platform.inboundCall({ caller: caller.press('1') });
    expect(() => scripted.press('1')).toThrow(/"script" is on this call/u);
    const session = platform.inboundCall();
    await session.ready();
    expect(() => session.partyHangsUp()).toThrow(/by-hand/u);
    expect(() => session.press('x')).toThrow(/no key "x"/u);
    await session.hangUp();
    await scripted.closed;
  });
});

describe('a platform', () => {
  it('knows its sessions while they live, and remembers them after', async () => {
    const platform = simulate(await menuServer(), { remember: 1 });
    const session = platform.inboundCall({ caller: caller.press('1') });
    expect(platform.sessions).toEqual([session]);
    expect(platform.session(session.id)).toBe(session);
    await platform.idle();
    expect(platform.sessions).toEqual([]);
    expect(platform.session(session.id)).toBe(session);
    await platform.inboundCall({ caller: caller.press('1') }).closed;
    expect(platform.session(session.id)).toBeNull();
  });

  it('gives the same ids for the same seed, and others with a salt', async () => {
    const ids = async (options: object): Promise<string[]> => {
      const platform = simulate(await menuServer(), options);
      const session = await platform.inboundCall({ caller: caller.press('1') }).closed;
      return [session.id, ...session.callIds];
    };
    const first = await ids({ seed: 5 });
    expect(await ids({ seed: 5 })).toEqual(first);
    expect(await ids({ seed: 6 })).not.toEqual(first);
    expect(await ids({ seed: 5, idSalt: 'again' })).not.toEqual(first);
  });

  it('tells of sessions, deliveries and faults', async () => {
    const platform = simulate(await serveWebhooks(() => ({ status: 500, body: {} })));
    const told: string[] = [];
    const offs = [
      platform.onSession(() => told.push('session')),
      platform.onFault(({ kind }) => told.push(kind)),
      platform.onDelivery(({ type }) => type === 'VSS' && told.push(type)),
    ];
    await platform.inboundCall({ caller }).closed;
    for (const off of offs) off();
    await platform.inboundCall({ caller }).closed;
    expect(told).toEqual(['session', 'status', 'VSS']);
  });

  it('sends a VNU when a number changes', async () => {
    const server = await menuServer();
    const platform = simulate(server, { numbers: ['+6568332048'] });
    await platform.updateNumber('6568332048', 'Unhealthy');
    expect(server.of('VIRTUAL_NUMBER_UPDATE')[0]?.payload).toMatchObject({
      totalNumbers: 1,
      virtualNumbers: [{ operationalStatus: 'Unhealthy', updateStatus: 'UPDATED' }],
    });
    await expect(platform.updateNumber('6500000', 'Active')).rejects.toThrow(/not in the list/u);
  });

  it('takes other webhooks at any time', async () => {
    const [first, second] = [await menuServer(), await menuServer()];
    const platform = simulate(first);
    platform.useWebhooks({ VCA: second.url });
    await platform.inboundCall({ caller: caller.press('1') }).closed;
    expect([first.received.length, second.received.length]).toEqual([0, 2]);
    expect(() => platform.useWebhooks({ VCa: 'http://x' } as never)).toThrow(/Did you mean "VCA"/u);
    expect(() => platform.useWebhooks('localhost:3000')).toThrow(/http or https URL/u);
  });

  it('is of no use before it listens or after it is closed', async () => {
    const platform = createPlatform();
    expect(() => platform.url).toThrow(SimulatorClosedError);
    await platform.listen();
    expect(platform.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
    await platform.close();
    await platform.close();
    expect(() => platform.url).toThrow(/the platform is closed/u);
    expect(() => platform.inboundCall()).toThrow(SimulatorClosedError);
    await expect(platform.listen()).rejects.toThrow(SimulatorClosedError);
  });

  it('says which port it can not have', async () => {
    const [first, second] = [createPlatform(), createPlatform()];
    const port = Number(new URL(await first.listen()).port);
    await expect(second.listen({ port })).rejects.toThrow(/"listen\.port": \d+ is in use on 127\.0\.0\.1/u);
    await expect(second.listen({ port: 70_000 })).rejects.toThrow(/in 0..65535/);
    expect(await second.listen()).not.toBe(first.url);
    await Promise.all([first.close(), second.close()]);
  });

  it('says which address it can not have', async () => {
    const platform = createPlatform();
    await expect(platform.listen({ host: '203.0.113.1' })).rejects.toThrow(/is no address of this machine/u);
    await platform.close();
  });

  it('runs on real time too', async () => {
    const session = await simulate(await menuServer(), { clock: 'real' }).inboundCall({
      caller: caller.press('1', { after: 5 }),
      thinkMs: 0,
    }).closed;
    expect(session.end?.status).toBe('COMPLETED');
  });

  it('goes no further once it is closed', async () => {
    const platform = simulate(await menuServer(), { clock: 'real' });
    const session = platform.inboundCall();
    await session.ready();
    await platform.close();
    expect(session.state).toBe('listening');
  });
});
