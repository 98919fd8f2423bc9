import { writeFileSync, mkdirSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { startPostgres } from '/tmp/wt/me/test/support/postgres.ts';
import { DURABLE } from '/tmp/wt/me/bench/durable-postgres.mjs';
import { startServer } from '/tmp/wt/me/packages/runtime/bench/measure-server.mjs';
import { load } from '/tmp/wt/me/packages/runtime/bench/load.mjs';
const pg=await startPostgres(DURABLE); const u=new URL(pg.connectionString);
mkdirSync('/tmp/wt/bouncer',{recursive:true});
writeFileSync('/tmp/wt/bouncer/users.txt',`"postgres" "${u.password}"\n`);
for (const prepared of [0]) {
writeFileSync('/tmp/wt/bouncer/b.ini',`[databases]\npostgres = host=127.0.0.1 port=${u.port} dbname=postgres user=postgres password=${u.password}\n[pgbouncer]\nlisten_addr=127.0.0.1\nlisten_port=6543\nauth_type=plain\nauth_file=/tmp/wt/bouncer/users.txt\npool_mode=transaction\ndefault_pool_size=5\nlogfile=/tmp/wt/bouncer/log-${prepared}\nunix_socket_dir=\n`);
const b=spawn('su',['postgres','-s','/bin/sh','-c','pgbouncer /tmp/wt/bouncer/b.ini'],{stdio:'inherit'});
await new Promise(r=>setTimeout(r,1500));
const url=`postgres://postgres:${u.password}@127.0.0.1:6543/postgres`;
const servers=await Promise.all([1,2,3].map(()=>startServer('/tmp/wt/base/packages/runtime/bench/server.mjs',['postgres',url])));
await load(servers.map(s=>s.port),{seconds:3,connections:48});
console.log('max_prepared_statements',prepared,await load(servers.map(s=>s.port),{seconds:5,connections:48}));
await Promise.all(servers.map(s=>s.stop())); spawn('pkill',['pgbouncer']); await new Promise(r=>setTimeout(r,1000));
}
await pg.stop(); process.exit(0);
