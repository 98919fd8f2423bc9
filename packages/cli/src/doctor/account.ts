import { type Action, compile, didYouMean, type FlowModule } from '@hookswitch/dsl';
import type { PlatformClient } from '@hookswitch/runtime';
import { messageOf } from '@hookswitch/runtime/inside';
import type { HookswitchConfig } from '../config/define-config.ts';
import type { LoadedFlow } from '../load/load-flows.ts';
import { platformClients } from '../subaccounts.ts';
import { subAccountsOf } from '../config/server-options.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Whether the account has the voices that flows speak with, and the numbers that routes name: 8x8 takes no callflow whose voice it does not know. */
export async function* diagnoseAccount(flows: readonly LoadedFlow[], config: HookswitchConfig): AsyncGenerator<Diagnosis> {
  if (subAccountsOf(config).length === 0) return;
  const spoken = new Map<string, string>();
  for (const { flow } of flows) for (const voice of voicesOf(flow)) if (!spoken.has(voice)) spoken.set(voice, flow.name);
  const routed = [...new Set(flows.flatMap(({ numbers = [] }) => numbers))];
  const clients = platformClients(config, undefined);
  for (const client of clients) yield await diagnoseVoices(client, spoken);
  if (routed.length > 0) yield await diagnoseNumbers(clients, routed);
}

/** Every voice that exploration hears a flow speak with, and those that it declares for its languages. */
function voicesOf(flow: FlowModule): ReadonlySet<string> {
  const compiled = compile(flow);
  const voices = new Set(Object.values(flow.options.voices).filter((voice) => voice !== ''));
  for (const { witness, name } of compiled.chart.sites.values())
    for (const voice of compiled.restore(witness.call, witness.entries, name).actions.map(voiceOf)) if (voice !== null) voices.add(voice);
  return voices;
}

function voiceOf(action: Action): string | null {
  return action.action === 'say' || action.action === 'sayAndCapture' ? action.params.voiceProfile : null;
}

async function diagnoseVoices(client: PlatformClient, spoken: ReadonlyMap<string, string>): Promise<Diagnosis> {
  const about = 'Voices';
  const { subAccountId } = client;
  try {
    const known = (await client.speechProfiles()).map(({ speechProfileCode }) => speechProfileCode);
    const missing = [...spoken].filter(([voice]) => !known.includes(voice));
    if (missing.length === 0) return { state: 'ok', about, text: `${subAccountId}: all ${spoken.size} that flows speak with` };
    const named = missing.map(([voice, flow]) => `"${voice}" of "${flow}"${hint(voice, known)}`);
    return {
      state: 'failure',
      about,
      text: `${subAccountId} does not have ${named.join(', ')}. 8x8 takes no callflow with such a voice. See: hookswitch voices`,
    };
  } catch (error) {
    return { state: 'warning', about, text: `${subAccountId}: the voices could not be read: ${messageOf(error)}` };
  }
}

function hint(voice: string, known: readonly string[]): string {
  const meant = didYouMean(voice, known).trim();
  return meant === '' ? '' : ` (${meant})`;
}

async function diagnoseNumbers(clients: readonly PlatformClient[], routed: readonly string[]): Promise<Diagnosis> {
  const about = 'Numbers';
  try {
    const lists = await Promise.all(clients.map((client) => client.numbers.list()));
    const owned = new Set(lists.flatMap(({ numbers }) => numbers.map(({ msisdn }) => bare(msisdn))));
    const missing = routed.filter((number) => !owned.has(bare(number)));
    if (missing.length === 0) return { state: 'ok', about, text: `the account has all ${routed.length} that routes name` };
    return {
      state: 'warning',
      about,
      text: `Routes name ${missing.join(', ')}, which the account does not have: no call comes in there. See: hookswitch numbers`,
    };
  } catch (error) {
    return { state: 'warning', about, text: `the numbers could not be read: ${messageOf(error)}` };
  }
}

function bare(number: string): string {
  return number.replace(/\D/g, '');
}
