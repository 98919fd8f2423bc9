import { noOutsideWorld } from './no-outside-world.ts';
import { inFlow, javascript, typescript } from './rule-tester.test-support.ts';

const bad = (messageId: string, body: string, what?: string, before = '') => ({
  name: body,
  code: inFlow(body, before),
  errors: [{ messageId, ...(what !== undefined && { data: { what } }) }],
});

javascript.run('no-outside-world', noOutsideWorld, {
  valid: [
    { name: 'what the flow may ask for', code: inFlow('const time = yield* now(); const date = new Date(time.getTime() + 1000);') },
    { name: 'a known point in time', code: inFlow("const opening = new Date('2026-01-01T09:00:00Z').getUTCHours();") },
    { name: 'pure mathematics', code: inFlow('const half = Math.floor(call.startedAt / 2);') },
    { name: 'the function of a step', code: inFlow("const user = yield* step('load', async () => (await fetch(url)).json());") },
    {
      name: 'the clock in a step',
      code: inFlow("yield* step('stamp', () => ({ at: Date.now(), id: crypto.randomUUID(), env: process.env.X }));"),
    },
    { name: 'a function that only steps run', code: inFlow("const load = async () => await fetch(url); yield* step('load', load);") },
    {
      name: 'a declared function that only steps run',
      code: inFlow("async function load() { await fetch(url); } yield* step('load', load);"),
    },
    {
      name: 'outside the flow',
      code: inFlow('yield say("x");', 'const started = Date.now(); console.log(process.version); await fetch(url);'),
    },
    {
      name: 'a variable of the same name',
      code: inFlow('yield* fetch(process, crypto);', 'const fetch = subflow("fetch", f); const process = 1, crypto = 2;'),
    },
    { name: 'a property of the same name', code: inFlow('const { fetch } = call.params; call.params.process.setTimeout; x.Date.now;') },
    { name: 'modules that are pure', code: inFlow('const name = basename(call.to);', "import { basename } from 'node:path';") },
    { name: 'files without flows', code: 'function* ids() { yield Date.now(); }' },
    {
      name: 'an async generator that is no flow',
      code: "import { say } from '@hookswitch/dsl'; async function* read() { await fetch(url); }",
    },
    { name: 'getters with arguments', code: inFlow('const x = table.getDate(1);') },
    {
      name: 'moments that are the same everywhere',
      code: inFlow(
        "new Date(5); new Date(iso); Date.UTC(2026, 0, 5); new Date('2026-01-05'); Date.parse('2026-01-05T10:00+08:00'); new Date(ms).toISOString();",
      ),
    },
    {
      name: 'Intl with a zone and a moment',
      code: inFlow(
        "new Intl.DateTimeFormat('en-SG', { timeZone: 'Asia/Singapore' }).format(call.startedAt); date.toLocaleTimeString('en', { timeZone: 'UTC' });",
      ),
    },
    {
      name: 'Intl whose options are not written out',
      code: inFlow("new Intl.DateTimeFormat('en', options).format(at); x.toLocaleDateString('en', { ...options });"),
    },
    {
      name: 'numbers and texts with a locale',
      code: inFlow("(5).toLocaleString('en'); a.localeCompare(b, 'en'); new Intl.NumberFormat('en').format(5);"),
    },
    { name: 'texts of what is no date', code: inFlow("const a = `${call.from}` + 'x' + String(call.to) + table.toString(); list.set(1);") },
    { name: 'a copy', code: inFlow('const copy = structuredClone({ at: new Date(call.startedAt) });') },
    { name: 'the zone in a step', code: inFlow("yield* step('x', () => new Date(2026, 0, 5).toString());") },
  ],
  invalid: [
    bad('clock', 'const time = Date.now();', 'Date.now'),
    bad('clock', 'const time = globalThis.Date.now();', 'Date.now'),
    bad('clock', "const time = Date['now']();", 'Date.now'),
    bad('clock', 'const time = new Date();', 'new Date()'),
    bad('clock', 'const time = Date();', 'Date()'),
    bad('clock', 'const time = performance.now();', 'performance.now'),
    bad('clock', 'const time = Temporal.Now.instant();', 'Temporal.Now'),
    bad('clock', 'const open = call.hours.filter((hour) => hour.from < Date.now());', 'Date.now'),
    bad('chance', 'if (Math.random() < 0.5) yield say("Heads.");', 'Math.random'),
    bad('chance', 'const id = crypto.randomUUID();', 'crypto.randomUUID'),
    bad('world', 'const user = fetch(url);', 'fetch'),
    bad('world', 'const user = globalThis.fetch(url);', 'fetch'),
    bad('world', 'import("./prices.js");', 'import()'),
    bad('world', 'const prices = readFileSync("prices.json");', 'node:fs (readFileSync)', "import { readFileSync } from 'node:fs';"),
    bad('world', 'const host = os.hostname();', 'os (os)', "import os from 'os';"),
    bad('timer', 'setTimeout(() => {}, 1000);', 'setTimeout'),
    bad('machine', 'const agent = process.env.AGENT;', 'process.env'),
    bad('console', 'console.log(call.to);', 'console.log'),
    bad('zone', 'if ((yield* now()).getHours() > 17) yield say("Closed.");', 'getHours()'),
    bad('zone', 'const at = new Date(2026, 0, 5);', 'new Date(year, month, …)'),
    bad('zone', "const at = new Date('2026-01-05T10:00');", "new Date('2026-01-05T10:00')"),
    bad('zone', "const at = Date.parse('5 Jan 2026');", "Date.parse('5 Jan 2026')"),
    bad('zone', 'date.setHours(9, 0);', 'setHours()'),
    bad('zone', 'say(date.toTimeString());', 'toTimeString()'),
    bad('zone', 'say((yield* now()).toString());', 'toString()'),
    bad('zone', 'const at = new Date(5); say(at.toLocaleString("en"));', 'toLocaleString()'),
    bad('zone', 'say(date.toLocaleTimeString());', 'toLocaleTimeString()'),
    bad('zone', 'say(date.toLocaleDateString("en", { month: "long" }));', 'toLocaleDateString()'),
    bad('zone', 'say(`It is ${yield* now()}.`);', 'a date as a text'),
    bad('zone', 'say("It is " + new Date(5));', 'a date as a text'),
    bad('zone', 'say(String(new Date(5)));', 'a date as a text'),
    bad('zone', 'say(new Intl.DateTimeFormat("en").format(at));', 'Intl.DateTimeFormat without timeZone'),
    bad('zone', 'say(Intl.DateTimeFormat("en", { hour: "numeric" }).format(at));', 'Intl.DateTimeFormat without timeZone'),
    bad('zone', 'say(clock.format(at));', 'format()', 'const clock = new Intl.DateTimeFormat("en", { timeStyle: "short" });'),
    bad('clock', 'say(new Intl.DateTimeFormat("en", { timeZone: "UTC" }).format());', 'format()'),
    bad('locale', 'say((5).toLocaleString());', 'toLocaleString()'),
    bad('locale', 'say(new Intl.NumberFormat().format(5));', 'Intl.NumberFormat without a locale'),
    bad('locale', 'list.sort((a, b) => a.localeCompare(b));', 'localeCompare()'),
    bad('clock', 'const { now: at } = Date;', 'Date.now'),
    bad('clock', 'const { now } = globalThis.Date;', 'Date.now'),
    bad('chance', 'const { random } = Math;', 'Math.random'),
    bad('chance', 'const { crypto: c } = globalThis;', 'crypto'),
    bad('chance', 'const bytes = Buffer.allocUnsafe(4);', 'Buffer.allocUnsafe'),
    bad('machine', 'const start = process.hrtime.bigint();', 'process.hrtime'),
    bad('machine', 'const agent = navigator.userAgent;', 'navigator.userAgent'),
    bad('machine', 'localStorage.getItem("x");', 'localStorage.getItem'),
    bad('machine', 'const ref = new WeakRef(call);', 'WeakRef'),
    bad('world', 'new BroadcastChannel("x");', 'BroadcastChannel'),
    bad('timer', 'queueMicrotask(() => {});', 'queueMicrotask'),
    bad('timer', 'Atomics.wait(cells, 0, 0, 1000);', 'Atomics.wait'),
    bad('timer', 'AbortSignal.timeout(5);', 'AbortSignal.timeout'),
    bad('await', "const load = async () => { await other(); }; load(); yield* step('load', load);"),
    {
      name: 'sub-flows, methods and branches of a menu are parts of the flow',
      code: inFlow(
        "yield* menu('Press 1.', { 1: function* () { Date.now(); } });",
        'function* part() { Date.now(); } class Parts { *first() { Date.now(); } } const sales = subflow("sales", function* () { Date.now(); });',
      ),
      errors: [{ messageId: 'clock' }, { messageId: 'clock' }, { messageId: 'clock' }, { messageId: 'clock' }],
    },
    {
      name: 'an async generator that is handed over as a flow',
      code: "import { defineFlow, say } from '@hookswitch/dsl'; defineFlow({ name: 'a' }, async function* () { await load(); for await (const x of y) yield x; });",
      errors: [{ messageId: 'await' }, { messageId: 'await' }],
    },
    {
      name: 'what a step falls back to runs in the flow',
      code: inFlow("yield* step('load', load, { onError: () => Date.now() });"),
      errors: [{ messageId: 'clock' }],
    },
    {
      name: 'globals that the configuration declares',
      code: inFlow('Date.now(); fetch(url);'),
      languageOptions: { globals: { fetch: 'readonly', Date: 'readonly' } },
      errors: [{ messageId: 'clock' }, { messageId: 'world' }],
    },
  ],
});

typescript.run('no-outside-world in TypeScript', noOutsideWorld, {
  valid: [
    { name: 'types are no use of a value', code: inFlow('const f = (date: Date, get: typeof fetch): void => {};') },
    { name: 'the function of a typed step', code: inFlow("yield* step<number>('stamp', (): number => Date.now());") },
  ],
  invalid: [bad('clock', 'const time: number = Date.now();', 'Date.now')],
});
