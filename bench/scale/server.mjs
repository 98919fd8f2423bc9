// A server of the scale measurements, in a process of its own: `node server.mjs <store> [calls kept in memory]`. Prints its port.
import { createApp } from '@hookswitch/runtime';
import { tally } from './tally.mjs';

const [store, hotCalls] = process.argv.slice(2);
const sessions = hotCalls === undefined ? {} : { hotCalls: Number(hotCalls) };
const app = await createApp({ flows: [tally], store, sessions, allowUnverified: true, logLevel: 'error' });
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${app.server.address().port}\n`);
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
