import { describe, expect, it } from 'vitest';
import { callees, type CalleeAct, type CalleesOptions } from './callees.ts';
import { SimulatorOptionError } from './errors/simulator-option-error.ts';
import { api, listening } from './rest/rest-client.test-support.ts';
import { answer, ask, hangup, makeCall, serveWebhooks } from './webhook-server.test-support.ts';

const NOON = Date.parse('2026-03-27T12:00:00Z');
const call = (to: string, at = NOON) => ({ sessionId: 's', from: '+6568332048', to, clientRequestId: null, at });

/** What becomes of calls to some numbers at a time. */
function acts(options: CalleesOptions, numbers: readonly string[], at = NOON): readonly CalleeAct[] {
  const take = callees(options);
  return numbers
    .map((number) => take(call(number, at)))
    .map(({ party, caller }) => {
      return caller !== undefined && caller !== 'person' && caller.name === 'voicemail'
        ? 'voicemail'
        : ((party?.does ?? 'answers') as CalleeAct);
    });
}
const crowd = Array.from({ length: 1_000 }, (_, index) => `+6590000${String(index).padStart(3, '0')}`);
const shareOf = (all: readonly CalleeAct[], act: CalleeAct) => all.filter((one) => one === act).length / all.length;

describe('callees', () => {
  it('do as often as they should what they do', () => {
    const all = acts({ rates: { answers: 0.5, busy: 0.2, voicemail: 0.1 }, seed: 3 }, crowd);
    for (const [act, rate] of [
      ['answers', 0.5],
      ['busy', 0.2],
      ['voicemail', 0.1],
      ['no-answer', 0.2],
    ] as const)
      expect(Math.abs(shareOf(all, act) - rate)).toBeLessThan(0.05);
  });

  it('are drawn by number and count, whatever is called beside them', () => {
    const rates = { answers: 0.5, busy: 0.3 };
    const alone = acts({ rates }, ['+651', '+651', '+651']);
    const among = acts({ rates }, ['+651', '+652', '+651', '+653', '+651']);
    expect([among[0], among[2], among[4]]).toEqual(alone);
    expect(acts({ rates, seed: 2 }, crowd)).not.toEqual(acts({ rates }, crowd));
  });

  it.each([
    ['10:59', 'no-answer'],
    ['11:00', 'answers'],
    ['12:59', 'answers'],
    ['13:00', 'no-answer'],
  ])('go by their hours, by their own clock: %s', (time, act) => {
    const hours = [{ from: '11:00', to: '13:00', rates: { answers: 1 } }];
    const zone = (number: string) => (number.startsWith('+1') ? 'America/New_York' : 'UTC');
    expect(acts({ rates: {}, hours, zone }, ['+651'], Date.parse(`2026-03-27T${time}:00Z`))).toEqual([act]);
    expect(acts({ rates: {}, hours, zone }, ['+12125550100'], Date.parse(`2026-03-27T${time}:00-04:00`))).toEqual([act]);
  });

  it('do what is said of a number, call by call, written with + or without', () => {
    const numbers = { '+651': ['busy', 'answers'], 652: 'fails' } as const;
    expect(acts({ numbers }, ['651', '+651', '+651', '+652', '+653'])).toEqual(['busy', 'answers', 'answers', 'fails', 'answers']);
  });

  it('say nothing where a voicemail picks up, which hangs up after a while', async () => {
    const server = await serveWebhooks(() => answer(ask('Press one'), ask('Press one'), hangup));
    const onOutbound = callees({ rates: { voicemail: 1 }, voicemailMs: 4_000 });
    const platform = await listening({ webhookUrls: server.url, onOutbound });
    const [, created] = await api(platform, 'POST', 'acc/callflows', answer(makeCall(), ask('Press one')));
    const session = await platform.session(created['sessionId'] as string)?.closed;
    expect(session?.end).toMatchObject({ by: 'caller', status: 'COMPLETED' });
    expect(session?.heard).toEqual(['Press one']);
  });

  it.each<[object, RegExp]>([
    [{ rate: { busy: 1 } }, /Did you mean "rates"/u],
    [{ rates: { bussy: 1 } }, /Did you mean "busy"/u],
    [{ rates: { busy: 2 } }, /callees\.rates\.busy".*in 0\.\.1/u],
    [{ rates: { busy: 0.6, answers: 0.6 } }, /callees\.rates": add up to 1\.2/u],
    [{ hours: [{ from: '9:00', to: '10:00', rates: {} }] }, /a time of day as HH:MM/u],
    [{ hours: [{ from: '22:00', to: '06:00', rates: {} }] }, /hours\[0\]\.to": must be later than "from" \(22:00\)/u],
    [{ zone: 'Mars/Base' }, /a time zone/u],
    [{ numbers: { '+651': 'asleep' } }, /one of answers, busy/u],
    [{ numbers: { '+651': [] } }, /not empty/u],
  ])('are refused: %j', (options, message) => {
    expect(() => callees(options)).toThrow(SimulatorOptionError);
    expect(() => callees(options)).toThrow(message);
  });
});
