import fc from 'fast-check';
import { CATCHES, type Part, type Plan, type PlanText, VALIDATORS } from './plan.ts';

/** Options that get along with each other and with the universal keys of `plan`. */
const OPTIONS = ['1', '2', '3', '4,5', '6-7', '11', '23', '012', '#'] as const;
const WORDS = [
  'Welcome.',
  'Press 1.',
  'für Größe',
  '欢迎来电',
  '🙂 tea & <b>"cake"</b>',
  'v1.2. Ready?',
  'a'.repeat(300),
  'Your code is 4711.',
];

const words = fc.constantFrom(...WORDS);
const text: fc.Arbitrary<PlanText> = fc.oneof(
  { weight: 3, arbitrary: words },
  { weight: 1, arbitrary: fc.record({ en: words, zh: words }) },
);
const otherwise = fc.boolean();
const attempts = fc.integer({ min: 1, max: 3 });
const result = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined));

const lengths = fc.tuple(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 25 })).map(([one, other]) => ({
  min: Math.min(one, other),
  max: Math.max(one, other),
}));

const leaf: fc.Arbitrary<Part> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      text,
      repetition: fc.integer({ min: 1, max: 3 }),
      speed: fc.constantFrom(0.5, 1, 2),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('file' as const), name: fc.constantFrom('jingle.wav', 'hold%20music.mp3') }) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        lengths,
        fc.record({
          do: fc.constant('capture' as const),
          prompt: text,
          named: fc.boolean(),
          fixed: fc.boolean(),
          sensitive: fc.boolean(),
          messages: fc.boolean(),
        }),
      )
      .map(([bounds, part]) => ({ ...bounds, ...part })),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('menu' as const),
      prompt: text,
      options: fc.uniqueArray(fc.constantFrom(...OPTIONS), { minLength: 1, maxLength: 5 }),
      attempts,
      otherwise,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      prompt: text,
      validator: fc.constantFrom(...VALIDATORS),
      confirmed: fc.boolean(),
      otherwise,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('bridge' as const), to: fc.constantFrom('+6531589338', '6531589339'), named: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('step' as const),
      results: fc.array(result, { minLength: 1, maxLength: 3 }),
      fails: fc.boolean(),
      onError: fc.boolean(),
      sensitive: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('language' as const), language: fc.constantFrom('en' as const, 'zh' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('voice' as const), voice: fc.constantFrom('en-US-ZiraRUS', 'en-GB-Emma') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('recall' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('random' as const, 'now' as const, 'log' as const) }) as fc.Arbitrary<Part> },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hangup' as const) }) },
);

const { parts } = fc.letrec<{ part: Part; parts: readonly Part[] }>((tie) => ({
  parts: fc.array(tie('part'), { minLength: 1, maxLength: 3 }),
  part: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 6, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: fc
        .record({
          prompt: text,
          branches: fc.uniqueArray(fc.tuple(fc.constantFrom(...OPTIONS), tie('parts')), {
            minLength: 1,
            maxLength: 3,
            selector: ([option]) => option,
          }),
          attempts,
          otherwise: fc.option(tie('parts'), { freq: 3 }),
        })
        .map((part): Part => ({ do: 'branches', ...part })),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('confirm' as const), prompt: text, yes: tie('parts'), no: tie('parts') }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('loop' as const), times: fc.integer({ min: 1, max: 3 }), body: tie('parts') }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('part' as const), body: tie('parts') }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('try' as const),
        body: tie('parts'),
        catches: fc.constantFrom(...CATCHES),
        finally: tie('parts'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('fork' as const), even: tie('parts'), odd: tie('parts') }) },
  ),
}));

const keys = fc.record({ repeat: fc.constant('*'), back: fc.constant('8'), main: fc.constant('9') }, { requiredKeys: [] });

/** Every kind of flow that an author may write: all effects, nested up to three deep. */
export const randomPlan: fc.Arbitrary<Plan> = fc.record({
  body: parts,
  keys,
  operator: fc.option(parts),
  goodbye: fc.option(fc.constant('So long.')),
});
