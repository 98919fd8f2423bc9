import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createApp } from '@hookswitch/runtime';
import { interleave, median, spread } from '../../packages/runtime/bench/rounds.mjs';
import { tally } from './tally.mjs';

export const title = 'Memory of a call whose caller thinks (heap of the process; the call itself is in SQLite)';

export const rounds = 3;

export async function measure({ small, rounds }) {
  const calls = small ? 50 : 10_000;
  const settings = { kept: {}, left: { hotCalls: 0 } };
  const bytes = await interleave(Object.keys(settings), rounds, (name) => bytesPerCall(calls, settings[name]));
  const row = (call, of) => ({ call, bytes: median(of).toFixed(0), spread: spread(of) });
  return {
    rows: [row('kept in memory (hotCalls, by default the last 20,000)', bytes.kept), row('left to the store (hotCalls: 0)', bytes.left)],
    json: { bytes_per_call_in_memory: median(bytes.kept), bytes_per_call_in_store: median(bytes.left) },
  };
}

async function bytesPerCall(calls, sessions) {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-scale-'));
  const store = `sqlite:${join(folder, 'calls.db')}`;
  const app = await createApp({ flows: [tally], store, sessions, allowUnverified: true, logLevel: 'error' });
  try {
    for (let index = 0; index < 500; index++) await begin(app, `warm-${index}`);
    const before = await heapUsed();
    for (let index = 0; index < calls; index++) await begin(app, `call-${index}`);
    return ((await heapUsed()) - before) / calls;
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first two turns of a call. */
async function begin(app, sessionId) {
  const first = await send(app, { sessionId, callStatus: 'CALL_RECEIVED' });
  await send(app, { sessionId, callStatus: 'ACTION_COMPLETED', clientActionId: first.clientActionId, eventData: { dtmf: '4' } });
}

async function send(app, more) {
  const payload = {
    ...{
      subAccountId: 'bench',
      callId: `${more.sessionId}-leg`,
      callDirection: 'INBOUND',
      source: '+6591178965',
      destination: '+6568332048',
    },
    ...{ sourceCountryCode: 'SG', destinationCountryCode: 'SG', timestamp: new Date().toISOString(), ...more },
  };
  const response = await app.inject({ method: 'POST', url: '/webhooks/vca', payload: { eventType: 'CALL_ACTION', payload } });
  return response.json();
}

async function heapUsed() {
  if (globalThis.gc === undefined) throw new TypeError('run with --expose-gc');
  for (let round = 0; round < 4; round++) {
    globalThis.gc();
    await setTimeout(50);
  }
  return process.memoryUsage().heapUsed;
}
