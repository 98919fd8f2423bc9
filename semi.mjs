import { measureServer } from '/tmp/wt/me/packages/runtime/bench/measure-server.mjs';
for (let i=0;i<3;i++) for (const o of ['','--max-semi-space-size=32','--max-semi-space-size=64 --min-semi-space-size=16']) {
 process.env.NODE_OPTIONS=o;
 const r=await measureServer('/tmp/wt/me/packages/runtime/bench/server.mjs',['memory-hot','x'],{seconds:3,warmUp:6});
 console.log(o.padEnd(50),Math.round(r.perSecond),'µs',Math.round(r.processorUs),'p99',r.p99.toFixed(1));
}
