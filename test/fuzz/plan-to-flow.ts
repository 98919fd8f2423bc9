import {
  amount,
  ask,
  bridge,
  capture,
  card,
  confirm,
  custom,
  date,
  defineFlow,
  digits,
  type Flow,
  type FlowModule,
  hangup,
  invalid,
  isNoAnswerError,
  isStepFailedError,
  log,
  menu,
  now,
  numberRange,
  phoneNumber,
  pin,
  playFile,
  random,
  say,
  step,
  type StepContext,
  subflow,
  useLanguage,
  useVoice,
  type Validator,
  uninterruptible,
} from '@hookswitch/dsl';
import type { Part, Plan, ValidatorName } from './plan.ts';

const VALIDATORS: Readonly<Record<ValidatorName, Validator<unknown>>> = {
  digits: digits(2, 6),
  pin: pin(4),
  card: card(),
  date: date('DDMMYYYY', { timeZone: 'Asia/Singapore' }),
  numberRange: numberRange(1, 50),
  phoneNumber: phoneNumber({ countryCode: '65' }),
  amount: amount({ max: 50_000 }),
  custom: custom((entry) => (entry.length % 2 === 0 ? { entry } : invalid('An even number of digits, please.'))),
};

/** The flow that a plan stands for. Deterministic but for its call, as every flow has to be: what its steps give back hangs on their idempotency keys alone. */
export function planToFlow(plan: Plan, name = 'random'): FlowModule {
  const places = placesOf(plan);
  const operator = plan.operator;
  return defineFlow(
    {
      name,
      voices: { en: 'en-US-BenjaminRUS', zh: 'zh-CN-HuihuiRUS' },
      keys: operator === null ? plan.keys : { ...plan.keys, operator: '0' },
      ...(operator === null
        ? {}
        : {
            operator: function* () {
              yield* runParts(operator, [], places);
            },
          }),
      ...(plan.goodbye === null ? {} : { goodbye: plan.goodbye }),
    },
    function* () {
      yield* runParts(plan.body, [], places);
    },
  );
}

/** Names of parts, by their place in the plan. */
type Places = ReadonlyMap<Part, string>;

function placesOf({ body, operator }: Plan): Places {
  const names = new Map<Part, string>();
  const visit = (parts: readonly Part[]): void => {
    for (const part of parts) {
      if (!names.has(part)) names.set(part, `${part.do}-${names.size + 1}`);
      partsIn(part).forEach(visit);
    }
  };
  visit([...body, ...(operator ?? [])]);
  return names;
}

function partsIn(part: Part): readonly (readonly Part[])[] {
  switch (part.do) {
    case 'branches':
      return [...part.branches.map(([, body]) => body), part.otherwise ?? []];
    case 'confirm':
      return [part.yes, part.no];
    case 'fork':
      return [part.even, part.odd];
    case 'try':
      return [part.body, part.finally];
    case 'loop':
    case 'part':
      return [part.body];
    default:
      return [];
  }
}

function nameOf(part: Part, places: Places): string {
  return places.get(part) as string;
}

/** What was answered so far in one run of the flow. */
type Memory = unknown[];

function* runParts(parts: readonly Part[], memory: Memory, places: Places): Flow<unknown> {
  for (const part of parts) yield* runPart(part, memory, places);
  return memory.length;
}

function* runPart(part: Part, memory: Memory, places: Places): Flow<unknown> {
  switch (part.do) {
    case 'say':
      return yield* say(part.text, { repetition: part.repetition, speed: part.speed });
    case 'file':
      return yield* playFile(`https://audio.example.com/${part.name}`);
    case 'capture':
      return memory.push(yield* captureOf(part, places));
    case 'menu':
      return memory.push(yield* menuOf(part, places));
    case 'branches':
      return yield* branchesOf(part, memory, places);
    case 'ask':
      return memory.push(yield* askOf(part, places));
    case 'confirm':
      return yield* runParts((yield* confirm(part.prompt, { id: nameOf(part, places) })) ? part.yes : part.no, memory, places);
    case 'bridge':
      return memory.push(yield* bridge(part.to, part.named ? { id: nameOf(part, places) } : {}));
    case 'step':
      return memory.push(yield* stepOf(part, places));
    case 'loop':
      for (let round = 0; round < part.times; round++) yield* runParts(part.body, memory, places);
      return;
    case 'part':
      return yield* subflow(nameOf(part, places), branch(part.body, memory, places))();
    case 'try':
      return yield* tryOf(part, memory, places);
    case 'fork':
      return yield* runParts(memory.length % 2 === 0 ? part.even : part.odd, memory, places);
    case 'language':
      return yield* useLanguage(part.language);
    case 'voice':
      return yield* useVoice(part.voice);
    case 'recall':
      return yield* say(`So far: ${JSON.stringify(memory).slice(0, 2_000)}.`);
    case 'random':
      return yield* say(`Your lucky number is ${Math.floor((yield* random()) * 1_000)}.`);
    case 'now':
      return yield* say(`It is ${(yield* now()).toISOString()}.`);
    case 'log':
      return yield* log('so far', { answers: memory.length });
    case 'hangup':
      return yield* hangup();
  }
}

function branch(parts: readonly Part[], memory: Memory, places: Places) {
  return function* (): Flow<unknown> {
    return yield* runParts(parts, memory, places);
  };
}

type Of<D extends Part['do']> = Extract<Part, { do: D }>;

function captureOf(part: Of<'capture'>, places: Places) {
  const { min, max, fixed, sensitive, messages, prompt } = part;
  return capture(prompt, {
    ...(part.named ? { id: nameOf(part, places) } : {}),
    minDigits: fixed ? max : min,
    maxDigits: max,
    completeOnHash: !fixed,
    sensitive,
    ...(messages ? { successMessage: 'Thank you.', failureMessage: { en: 'Once more.', zh: '再来一次' } } : {}),
  });
}

function menuOf(part: Of<'menu'>, places: Places) {
  const options = Object.fromEntries(part.options.map((option) => [option, `chose ${option}`]));
  const settings = { id: nameOf(part, places), attempts: part.attempts };
  return part.otherwise ? menu(part.prompt, options, { ...settings, otherwise: null }) : menu(part.prompt, options, settings);
}

function branchesOf(part: Of<'branches'>, memory: Memory, places: Places) {
  const { otherwise } = part;
  const options = Object.fromEntries(part.branches.map(([option, body]) => [option, branch(body, memory, places)]));
  const settings = { id: nameOf(part, places), attempts: part.attempts };
  return otherwise === null
    ? menu(part.prompt, options, settings)
    : menu(part.prompt, options, { ...settings, otherwise: branch(otherwise, memory, places) });
}

function askOf(part: Of<'ask'>, places: Places) {
  const settings = { id: nameOf(part, places), validate: VALIDATORS[part.validator], confirm: part.confirmed };
  return part.otherwise ? ask(part.prompt, { ...settings, otherwise: 'nothing' }) : ask(part.prompt, settings);
}

/** Not tried again, because a pause between two tries takes a clock that runs. */
function stepOf(part: Of<'step'>, places: Places) {
  const { results, fails } = part;
  const run = ({ idempotencyKey }: StepContext): unknown => {
    const index = Number(idempotencyKey.slice(idempotencyKey.lastIndexOf(':') + 1));
    if (fails && index % 3 === 2) throw new TypeError(`no result for entry ${index}`);
    return results[index % results.length];
  };
  return step<unknown>(nameOf(part, places), run, {
    retries: 0,
    sensitive: part.sensitive,
    examples: Object.fromEntries(results.map((result, index) => [`result ${index}`, result])),
    ...(part.onError ? { onError: ({ name }) => `${name}, but never mind` } : {}),
  });
}

function* tryOf(part: Of<'try'>, memory: Memory, places: Places): Flow<unknown> {
  try {
    return yield* runParts(part.body, memory, places);
  } catch (error) {
    const caught = part.catches === 'everything' || (part.catches === 'failures' && (isStepFailedError(error) || isNoAnswerError(error)));
    if (!caught) throw error;
    return memory.push('caught');
  } finally {
    yield* uninterruptible(function* () {
      yield* runParts(part.finally, memory, places);
    });
  }
}
