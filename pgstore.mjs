// node --import tsx pgstore.mjs BASEDIR... : commits/s of the postgres store, node CPU and pg CPU
import { randomUUID } from 'node:crypto';
import { startPostgres } from '/tmp/wt/base/test/support/postgres.ts';
import { DURABLE } from '/tmp/wt/base/bench/durable-postgres.mjs';
import { postgresProcesses, countProcessorTime } from '/tmp/wt/base/packages/runtime/bench/processor-time.mjs';
const CALLS=500, TURNS=Number(process.env.TURNS??6000), CONC=(process.env.CONC??'1,24,96').split(',').map(Number);
const EVENT = JSON.stringify({ eventType: 'CALL_ACTION', payload: {a:'e'.repeat(400), list:Array.from({length:30},(_, i)=>({k:i}))} });
const ANSWER = JSON.stringify({ clientActionId: 'main.1', callflow: 'a'.repeat(650) });
const STATE = JSON.stringify({ lease: null, rest: 's'.repeat(100) });
const ENTRY = JSON.stringify({ site: 'main', at: 1767268800000, value: '1' });
function newCall(){const now=1767268800000;return {id:randomUUID(),subAccountId:'acme',sessionId:randomUUID(),flow:'support',flowVersion:'1',direction:'inbound',from:'+6591234567',to:'+6531589338',status:'live',site:'main',lastSite:null,turn:-1,revision:1,journalLength:0,startedAt:now,seenAt:now,endedAt:null,dueAt:now+7200000,clientRequestId:null,state:STATE};}
const pgsrv = await startPostgres(DURABLE);
for (let round=0; round<Number(process.env.ROUNDS??2); round++) for (const c of CONC) for (const base of process.argv.slice(2)) {
  const {createPostgresStore}=await import(base+'/packages/runtime/dist/store/index.js');
  const store=createPostgresStore({connectionString:pgsrv.connectionString,schema:'b'+randomUUID().replaceAll('-','')});
  await store.open();
  const calls=Array.from({length:CALLS},newCall);
  await Promise.all(calls.map(call=>store.commit({call})));
  let taken=0; const total = c===1?1500:TURNS;
  const run=async(n)=>{taken=0;const serve=async()=>{while(taken<n){const i=taken++%CALLS;const call=calls[i];const now=1767268800000+taken*5;const turn=call.turn+1;
    calls[i]={...call,turn,revision:call.revision+1,journalLength:turn+1,seenAt:now,dueAt:now+7200000};
    const o=await store.commit({call:calls[i],journal:[{index:turn,data:ENTRY}],turn:{turn,eventId:randomUUID(),event:EVENT,answer:ANSWER,at:now}});
    if(o!=='committed')throw new Error(o);}};await Promise.all(Array.from({length:c},serve));};
  await run(Math.min(1500,total));
  const others=countProcessorTime(postgresProcesses()); const cpu=process.cpuUsage(); const t=process.hrtime.bigint();
  await run(total);
  const dt=Number(process.hrtime.bigint()-t)/1e9; const u=process.cpuUsage(cpu);
  console.log(base.slice(8).padEnd(6),'conc',String(c).padStart(3),'commits/s',(total/dt).toFixed(0).padStart(6),'node µs',((u.user+u.system)/total).toFixed(0).padStart(4),'pg µs',(others()*1e6/total).toFixed(0).padStart(4));
  await store.close();
}
await pgsrv.stop();
