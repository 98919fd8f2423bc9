import { writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import pg from 'pg';
import { startPostgres } from '/tmp/wt/me/test/support/postgres.ts';
import { DURABLE } from '/tmp/wt/me/bench/durable-postgres.mjs';
const p=await startPostgres(DURABLE); const u=new URL(p.connectionString);
writeFileSync('/tmp/wt/bouncer/users.txt',`"postgres" "${u.password}"\n`);
writeFileSync('/tmp/wt/bouncer/b.ini',`[databases]\npostgres = host=127.0.0.1 port=${u.port} dbname=postgres user=postgres password=${u.password}\n[pgbouncer]\nlisten_addr=127.0.0.1\nlisten_port=6543\nauth_type=plain\nauth_file=/tmp/wt/bouncer/users.txt\npool_mode=transaction\ndefault_pool_size=5\nlogfile=/tmp/wt/bouncer/log-0\nunix_socket_dir=\n${process.env.EXTRA??''}\n`);
const b=spawn('su',['postgres','-s','/bin/sh','-c','pgbouncer /tmp/wt/bouncer/b.ini 2>/dev/null'],{stdio:'ignore'});
await new Promise(r=>setTimeout(r,1500));
for (const [name,url] of [['direct',p.connectionString],['bouncer',`postgres://postgres:${u.password}@127.0.0.1:6543/postgres`]]) {
 const c=new pg.Client(url); await c.connect();
 for (const [label,text,values] of [['small','select $1::int',[1]],['10KB','select length($1::text)',['x'.repeat(10000)]],['100KB','select length($1::text)',['x'.repeat(100000)]]]) {
  const t=performance.now(); for(let i=0;i<50;i++) await c.query(text,values); console.log(name,label,((performance.now()-t)/50).toFixed(2),'ms');
 }
 await c.end();
}
spawn('pkill',['pgbouncer']); await p.stop(); process.exit(0);
