import { capture, compile, defineFlow, explore, menu, say } from '@hookswitch/dsl';

export const title = 'The core: one turn (answer in, batch out), and exploring an 85-menu tree';

const CALL = {
  id: 'bench',
  sessionId: 's',
  subAccountId: 'a',
  direction: 'inbound',
  from: '+6590000001',
  to: '+6560000000',
  fromCountry: null,
  toCountry: null,
  language: null,
  startedAt: 0,
  params: {},
};
const ROUNDS = 9;

/** A flow that asks for ever, at one site. */
const asking = defineFlow({ name: 'asking', voice: 'v', limits: { turns: 1_000_000, journalEntries: 1_000_000 } }, function* () {
  for (;;) {
    const digits = yield* capture('Again?', { id: 'again', maxDigits: 1 });
    if (digits === '0') return;
  }
});

/** A ring of `size` sites. */
const ring = (size) =>
  defineFlow({ name: `ring-${size}`, voice: 'v', limits: { turns: 1_000_000, journalEntries: 1_000_000 } }, function* () {
    for (let at = 0; ; at = (at + 1) % size)
      if ((yield* capture(`Place ${at}?`, { id: `place-${at}`, maxDigits: 1, examples: ['1'] })) === '0') return;
  });

/** Menus of four options, three levels below the first: 1 + 4 + 16 + 64 = 85, with retries, back and main. */
const tree = defineFlow({ name: 'tree', voice: 'v', keys: { back: '*', main: '#' } }, function* () {
  yield* branch('top', 0);
  yield say('Goodbye.');
});
function* branch(name, depth) {
  const options = Object.fromEntries(
    [1, 2, 3, 4].map((key) => [
      key,
      function* () {
        yield* branch(`${name}-${key}`, depth + 1);
      },
    ]),
  );
  if (depth < 3) yield* menu(`Menu ${name}`, options, { id: name });
  else yield* menu(`Menu ${name}`, { 1: 'a', 2: 'b', 3: 'c', 4: 'd' }, { id: name, otherwise: 'a' });
}

/** Everything in one run, interleaved round by round; medians. */
export async function measure() {
  const flows = { asking: compile(asking), 20: compile(ring(20)), 200: compile(ring(200)), 1000: compile(ring(1000)) };
  const cases = {
    'hot, journal 5': () => hot(flows.asking, 5),
    'hot, journal 100': () => hot(flows.asking, 100),
    'hot, journal 1000': () => hot(flows.asking, 1000),
    'cold, journal 5': () => cold(flows.asking, 5),
    'cold, journal 100': () => cold(flows.asking, 100),
    'cold, journal 1000': () => cold(flows.asking, 1000),
    'hot, 20 states': () => hot(flows[20], 20),
    'hot, 200 states': () => hot(flows[200], 20),
    'hot, 1000 states': () => hot(flows[1000], 20),
  };
  const taken = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
  for (const run of Object.values(cases)) run();
  for (let round = 0; round < ROUNDS; round++) for (const [name, run] of Object.entries(cases)) taken[name].push(run());
  const us = Object.fromEntries(Object.entries(taken).map(([name, values]) => [name, median(values)]));
  const trees = Array.from({ length: 5 }, () => seconds(() => compile(tree)));
  const sites = explore(tree).sites.size;
  return {
    rows: [
      ...Object.entries(us).map(([name, value]) => ({
        turn: name,
        'µs per turn': value.toFixed(1),
        spread: `${Math.min(...taken[name]).toFixed(1)}–${Math.max(...taken[name]).toFixed(1)}`,
      })),
      {
        turn: `explore + compile, ${sites} menus`,
        'µs per turn': `${(median(trees) * 1000).toFixed(0)} ms`,
        spread: trees.map((value) => (value * 1000).toFixed(0)).join(' '),
      },
    ],
    json: {
      turn_us_journal_5: us['hot, journal 5'],
      turn_us_journal_1000: us['hot, journal 1000'],
      turn_us_journal_1000_vs_5: us['hot, journal 1000'] / us['hot, journal 5'],
      turn_us_cold_journal_1000: us['cold, journal 1000'],
      turn_us_states_1000_vs_20: us['hot, 1000 states'] / us['hot, 20 states'],
      explore_85_menus_s: median(trees),
    },
  };
}

/** Microseconds per turn of calls that stay in memory and whose journals are `length` to `length` + 10 long. */
function hot(compiled, length) {
  const calls = Array.from({ length: length > 500 ? 20 : 80 }, () => {
    let position = compiled.start(CALL);
    for (let turn = 0; turn < length; turn++) position = answer(compiled, position, turn);
    return position;
  });
  const turns = 10;
  const took = seconds(() => {
    for (let position of calls) for (let turn = 0; turn < turns; turn++) position = answer(compiled, position, length + turn);
  });
  return (took / (calls.length * turns)) * 1e6;
}

/** The same where the call is restored from its journal before each turn. */
function cold(compiled, length) {
  let position = compiled.start(CALL);
  for (let turn = 0; turn < length; turn++) position = answer(compiled, position, turn);
  const entries = position.journal.entries();
  const turns = Math.max(5, Math.ceil(5_000 / length));
  return (
    (seconds(() => {
      for (let turn = 0; turn < turns; turn++) answer(compiled, compiled.restore(CALL, entries, position.site), length);
    }) /
      turns) *
    1e6
  );
}

function answer(compiled, position, at) {
  return compiled.next(position, { type: 'ACTION_COMPLETED', at, answer: '1' });
}

function seconds(task) {
  const began = performance.now();
  task();
  return (performance.now() - began) / 1000;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
