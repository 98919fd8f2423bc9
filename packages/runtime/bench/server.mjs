// One server of the comparison, in a process of its own: `node server.mjs <variant> [store file or postgres://…]`. Prints its port.
import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { defineFlow, menu, say } from '@hookswitch/dsl';
import { createApp } from '@hookswitch/runtime';

const [variant, file] = process.argv.slice(2);

/** Two menus, the last of which ends the call: three turns. */
const flow = defineFlow({ name: 'bench', voice: 'en-US-BenjaminRUS' }, function* () {
  const first = yield* menu('For billing press 1, for an agent press 2.', { 1: 'billing', 2: 'agent' }, { id: 'main', otherwise: 'agent' });
  const second = yield* menu(
    `You chose ${first}. For yes press 1, for no press 2.`,
    { 1: 'yes', 2: 'no' },
    { id: 'sure', otherwise: 'no' },
  );
  yield say(`You said ${second}. Goodbye.`);
});

const variants = {
  echo: () => {
    const app = Fastify();
    app.post('/webhooks/vca', (request) => request.body);
    return app;
  },
  'hand-written-full': () => handWritten('FULL'),
  'hand-written-normal': () => handWritten('NORMAL'),
  'sqlite-full': () => hookswitch({ synchronous: 'FULL' }),
  'sqlite-normal': () => hookswitch({ synchronous: 'NORMAL' }),
  postgres: () => hookswitch({ connectionString: file }),
  'postgres-unnamed': () => hookswitch({ connectionString: file, preparedStatements: false }),
  'memory-hot': () => hookswitch(null),
  'memory-restored': () => hookswitch(null, { hotCalls: 0 }),
};

const app = await variants[variant]();
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${app.server.address().port}\n`);
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));

async function hookswitch(options, sessions = {}) {
  const { createPostgresStore, createSqliteStore } = await import('../dist/store/index.js');
  const store =
    options === null ? 'memory' : 'connectionString' in options ? createPostgresStore(options) : createSqliteStore({ file, ...options });
  return createApp({ flows: [flow], store, sessions, allowUnverified: true, logLevel: 'silent' });
}

/** The same durable job as somebody would write it by hand for this one flow: duplicate check, session row, stored answer, one transaction. */
async function handWritten(synchronous) {
  const { openDatabase } = await import('./database.mjs');
  const db = await openDatabase(file);
  db.exec(`pragma journal_mode = WAL; pragma synchronous = ${synchronous};
    create table sessions (id text primary key, state text not null, choice text) without rowid;
    create table answers (session text not null, event text not null, answer text not null, primary key (session, event)) without rowid;`);
  const answered = db.prepare('select answer from answers where session = ? and event = ?');
  const find = db.prepare('select state, choice from sessions where id = ?');
  const save = db.prepare(
    'insert into sessions values (?, ?, ?) on conflict (id) do update set state = excluded.state, choice = excluded.choice',
  );
  const keep = db.prepare('insert into answers values (?, ?, ?)');
  const capture = (promptMessage) => ({
    action: 'sayAndCapture',
    params: {
      promptMessage,
      voiceProfile: 'en-US-BenjaminRUS',
      minDigits: 1,
      maxDigits: 1,
      completeOnHash: false,
      digitTimeout: 3000,
      overallTimeout: 10000,
      noOfTries: 1,
    },
  });
  const say = (text) => ({ action: 'say', params: { text, voiceProfile: 'en-US-BenjaminRUS' } });

  const next = (state, choice, dtmf) => {
    if (state === 'main' && (dtmf === '1' || dtmf === '2')) {
      const chosen = dtmf === '1' ? 'billing' : 'agent';
      return ['sure', chosen, [capture(`You chose ${chosen}. For yes press 1, for no press 2.`)]];
    }
    if (state === 'sure' && (dtmf === '1' || dtmf === '2'))
      return ['end', choice, [say(`You said ${dtmf === '1' ? 'yes' : 'no'}. Goodbye.`), { action: 'hangup' }]];
    return ['main', null, [capture('For billing press 1, for an agent press 2.')]];
  };

  const app = Fastify();
  app.post('/webhooks/vca', (request, reply) => {
    const { sessionId, eventId = randomUUID(), eventData } = request.body.payload;
    reply.header('content-type', 'application/json; charset=utf-8');
    const before = answered.get(sessionId, eventId);
    if (before !== undefined) return reply.send(before.answer);
    const session = find.get(sessionId);
    const [state, choice, callflow] = next(session?.state ?? null, session?.choice ?? null, eventData?.dtmf);
    const answer = JSON.stringify({ clientActionId: state, callflow });
    db.exec('begin immediate');
    save.run(sessionId, state, choice);
    keep.run(sessionId, eventId, answer);
    db.exec('commit');
    return reply.send(answer);
  });
  return app;
}
