import { GuardedCall } from './guarded-call.ts';
import { type GuardedServer, READ_TOKEN, TOKEN } from './guarded-server.ts';
import { CARD, ENDS, PIN } from './vault.ts';

const HOURS = 3_600_000;

/** Everything that can happen to a call that has heard secrets, each on a call of its own. */
export const SCENARIOS: Readonly<Record<string, (server: GuardedServer, round: string) => Promise<void>>> = {
  'is spoken to and ends': async (server, round) => {
    const call = await begun(server, `speak-${round}`);
    await call.choose('speak');
    await call.over();
  },
  'hangs up while it is asked': async (server, round) => {
    const call = await begun(server, `gone-${round}`);
    await call.over();
  },
  'hangs up between two secrets': async (server, round) => {
    const call = await begun(server, `between-${round}`);
    await call.giveCard();
    await call.over();
  },
  'meets a flow that throws': async (server, round) => {
    const call = await begun(server, `throw-${round}`);
    await call.choose('throw');
    await call.press(PIN);
    await call.over();
  },
  'meets a step that fails': async (server, round) => {
    const call = await begun(server, `fail-${round}`);
    await call.choose('fail');
    await call.over({ sessionStatus: 'ERROR', errorDetails: { errorCode: -2003, errorMsg: 'Callflow invalid' } });
  },
  'meets a sensitive step that fails': async (server, round) => {
    const call = await begun(server, `quiet-${round}`);
    await call.choose('failQuietly');
    await call.over();
  },
  'is held, and asked whether it is right': async (server, round) => {
    const call = await begun(server, `slow-${round}`);
    await call.giveCard();
    await call.press(PIN);
    call.timePasses = true;
    let answer = await call.press(ENDS.slow);
    while (!JSON.stringify(answer).includes('Right?')) answer = await call.press(null);
    await call.press('1');
    await call.over();
  },
  'is bridged': async (server, round) => {
    const call = await begun(server, `bridge-${round}`);
    await call.choose('bridge');
    await call.over({ details: { callB: { callStatus: 'BUSY', callDirection: 'OUTBOUND' } } });
  },
  'is asked again, by a prompt that quotes': async (server, round) => {
    const call = await begun(server, `ask-${round}`);
    await call.choose('ask');
    await call.press(`${PIN}#`);
    await call.over();
  },
  'mistypes, in every way': async (server, round) => {
    const call = await begun(server, `typos-${round}`);
    for (const dtmf of [`${CARD.slice(0, 15)}4#`, `${CARD}${CARD}`, [...CARD].join(' '), `A${CARD}`]) await call.press(dtmf);
    await call.over();
  },
  'is told of by status webhooks': async (server, round) => {
    const call = await begun(server, `status-${round}`);
    await call.vcs({ callStatus: 'DTMF_RECEIVED', eventData: { dtmf: PIN } });
    await call.vcs({ callStatus: 'DTMF_RECEIVED', eventData: `dtmf=${PIN}`, description: `pressed ${[...PIN].join(',')}` });
    await call.over();
  },
  'is reported of as no platform should': async (server, round) => {
    const call = await begun(server, `odd-${round}`);
    await call.vca({ callStatus: 'ACTION_COMPLETED', clientActionId: 'card.7', eventData: { dtmf: CARD } });
    await call.over({
      lastAction: 'SAY_AND_CAPTURE',
      eventData: { dtmf: CARD },
      errorDetails: { errorCode: -9999, errorMsg: `digits ${CARD} unexpected` },
    });
  },
  'is over already': async (server, round) => {
    const call = await begun(server, `late-${round}`);
    await call.giveCard();
    await call.over();
    await call.press(PIN);
    await call.press(CARD);
  },
  'is nobody’s': async (server, round) => {
    const call = new GuardedCall(server, `unknown-${round}`);
    await call.press(PIN);
    await call.vcs({ callStatus: 'DTMF_RECEIVED', eventData: { dtmf: PIN } });
    await call.over({ eventData: { dtmf: PIN } });
  },
  'is told of in broken webhooks': async (server, round) => {
    const call = await begun(server, `broken-${round}`);
    const body = JSON.stringify({ eventType: 'CALL_ACTION', payload: { sessionId: 'x', eventData: { dtmf: CARD } } });
    for (const text of [body, body.slice(0, -3), `dtmf=${CARD}`, CARD, `"${PIN}"`, `[${PIN}]`]) {
      for (const kind of ['vca', 'vss', 'vcs', 'vru', 'vnu']) await call.post(kind, text);
      await call.post('vca', text, 'Bearer of no secret');
      await call.post(`vca?dtmf=${CARD}`, text);
    }
    await call.over();
  },
  'is ended by request': async (server, round) => {
    const call = await begun(server, `ended-${round}`);
    await call.giveCard();
    const [newest] = (JSON.parse(await server.get('/calls?limit=1')) as { calls: readonly { id: string }[] }).calls;
    await server.app.inject({ method: 'DELETE', url: `/calls/${newest?.id}`, headers: { authorization: `Bearer ${TOKEN}` } });
    await call.press(PIN);
    await call.over();
  },
  'is forgotten by the platform': async (server, round) => {
    const call = await begun(server, `forgotten-${round}`);
    await call.giveCard();
    await call.press(PIN);
    await server.clock.advance(3 * HOURS);
  },
  'is asked for in ways that nobody should ask': async (server, round) => {
    const call = await begun(server, `asked-${round}`);
    await call.giveCard();
    const ask = (method: 'POST' | 'DELETE', url: string, token: string, payload?: object) =>
      server.app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload === undefined ? {} : { payload }) });
    for (const token of [TOKEN, READ_TOKEN]) {
      await ask('DELETE', `/calls/${CARD}`, token);
      await ask('DELETE', `/calls/${PIN}?${CARD}`, token);
      await ask('POST', '/calls', token, { flow: CARD, to: '+6590000001', from: '+6568332000' });
      await ask('POST', '/calls', token, { flow: `the one of ${PIN}`, to: '+6590000001', from: '+6568332000' });
      await ask('DELETE', `/calls/${token}`, token);
    }
    await call.over();
  },
  'was placed by us': async (server) => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const payload = JSON.stringify({ flow: 'vault', to: '+6590000001', from: '+6568332000' });
    const placed = (await server.app.inject({ method: 'POST', url: '/calls', payload, headers })).json<{ id: string }>();
    const call = new GuardedCall(server, `placed-${placed.id}`, {
      callDirection: 'OUTBOUND',
      source: '+6568332000',
      destination: '+6590000001',
    });
    await call.choose('speak');
    await call.over({ clientRequestId: placed.id });
  },
};

async function begun(server: GuardedServer, sessionId: string): Promise<GuardedCall> {
  const call = new GuardedCall(server, sessionId);
  await call.begin();
  return call;
}
