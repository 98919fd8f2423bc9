import { startPostgres } from '/tmp/wt/me/test/support/postgres.ts';
import { DURABLE } from '/tmp/wt/me/bench/durable-postgres.mjs';
import { measureServer } from '/tmp/wt/me/packages/runtime/bench/measure-server.mjs';
import { postgresProcesses } from '/tmp/wt/me/packages/runtime/bench/processor-time.mjs';
const pgs=await startPostgres(DURABLE);
for (let r=0;r<Number(process.env.ROUNDS??2);r++) for (const connections of [4,24,96]) for (const lanes of process.argv.slice(2)) {
 process.env.LANES=lanes;
 const m=await measureServer('/tmp/wt/me/packages/runtime/bench/server.mjs',['postgres',pgs.connectionString],{seconds:3,warmUp:8,connections,others:postgresProcesses});
 console.log('conn',connections,'lanes',lanes,Math.round(m.perSecond),'p50',m.p50.toFixed(1),'p99',m.p99.toFixed(1),'server',m.processorUs.toFixed(0),'pg',m.othersUs.toFixed(0));
}
await pgs.stop();
