import { maskedName } from '../arguments/check-argument.ts';
import { isGeneratorFunction, notGeneratorFunction } from '../arguments/generator-function.ts';
import { checkName } from '../arguments/name.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { functionKind } from '../callflow/kind-of-value.ts';
import { didYouMean } from '../callflow/near-miss.ts';
import { isNameable } from '../callflow/speakable.ts';
import { FlowDefinitionError } from '../errors/index.ts';
import { checkedPart } from './check-text.ts';
import { exampleProblem, EXAMPLES } from './flow-examples.ts';
import type { FlowDefinition, FlowLimits, StandardSchema } from './flow-options.ts';
import { PHRASES } from './phrases.ts';
import { isSettings } from './settings.ts';
import { isTags } from './tags.ts';
import { isAudio, type Prompt, promptParts, type Text } from './text.ts';
import { keysProblem } from './universal-keys.ts';

type Definition = FlowDefinition<unknown>;
/** Checks one option of a flow, which is given: neither undefined nor null. */
type Check = (flow: string, value: unknown, definition: Definition) => void;

const LIMITS = ['effectsPerBatch', 'turns', 'journalEntries'] as const satisfies readonly (keyof FlowLimits)[];
const VERSION = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;

/** A check for every option of a flow; an option that is missing here does not compile. */
const CHECKS: { readonly [K in keyof Required<Definition>]: Check } = {
  name: (_flow, name) => checkName('defineFlow', 'name', name),
  version: (flow, version) => {
    if (typeof version === 'string' && VERSION.test(version)) return;
    const came = typeof version === 'string' && version !== '' ? JSON.stringify(maskedName(version)) : describeValue(version);
    throw refusal(flow, 'version must be 1 to 64 letters, digits, "-", "_" or "."', came, "Write it like '2' or '1.4.0'.");
  },
  voice: (flow, voice) => checkVoice(flow, 'voice', voice),
  voices: checkVoices,
  language: checkLanguage,
  params: (flow, schema) => {
    const standard = (typeof schema === 'object' || typeof schema === 'function') && schema !== null && '~standard' in schema;
    if (!standard)
      throw refusal(flow, 'params must be a Standard Schema', describeValue(schema), 'Zod, Valibot, ArkType and TypeBox make them.');
    const kind = functionKind((schema as StandardSchema<unknown>)['~standard']?.validate);
    if (kind === 'a function' || kind === 'an async function') return;
    throw refusal(flow, 'the validate of params must be a function, async or not', kind ?? 'none', 'It gives { value } or { issues }.');
  },
  examples: checkExamples,
  tags: (flow, tags) => {
    if (!isTags(tags))
      throw refusal(flow, 'tags must be what tags(…) returns', describeValue(tags), "Write tags: tags({ reason: ['billing', 'agent'] }).");
  },
  settings: (flow, settings) => {
    if (!isSettings(settings)) {
      const fix = "Write settings: settings({ closedToday: { kind: 'boolean', default: false } }).";
      throw refusal(flow, 'settings must be what settings(…) returns', describeValue(settings), fix);
    }
  },
  keys: (flow, keys) => {
    const problem = keysProblem(keys);
    if (problem !== null) throw refusal(flow, `${problem.argument} ${problem.says}`, problem.came, problem.fix);
  },
  operator: (flow, operator) => checkGeneratorFunction(flow, 'operator', operator),
  goodbye: checkGoodbye,
  onDivergence: (flow, handler) => checkGeneratorFunction(flow, 'onDivergence', handler),
  phrases: checkPhrases,
  limits: checkLimits,
};

/**
 * Throws unless a flow is declared in a way that can work.
 *
 * @throws FlowDefinitionError with what came, what to write and the near miss; EffectArgumentError for names and for texts that can't be spoken.
 */
export function checkDefinition(definition: unknown, body: unknown): void {
  if (typeof definition !== 'object' || definition === null || Array.isArray(definition)) {
    throw new FlowDefinitionError(
      `defineFlow: the options come first and must be an object; got ${describeValue(definition)}. ` +
        "Write defineFlow({ name: 'support', voice: 'en-US-BenjaminRUS' }, function* (call) { … }).",
    );
  }
  const options = definition as Definition;
  checkName('defineFlow', 'name', options.name);
  const flow = options.name;
  checkKnown(flow, 'options', options, Object.keys(CHECKS));
  for (const [key, value] of Object.entries(options)) {
    if (value !== undefined && value !== null) CHECKS[key as keyof Definition](flow, value, options);
  }
  checkTogether(flow, options);
  checkGeneratorFunction(flow, 'the body', body);
}

function checkTogether(flow: string, { voice, voices, keys, operator }: Definition): void {
  if ((voice ?? null) === null && (voices ?? null) === null) {
    throw refusal(
      flow,
      'a voice must be given',
      'none',
      "Write voice: 'en-US-BenjaminRUS', or voices: { en: …, zh: … } for several languages.",
    );
  }
  if ((voice ?? null) !== null && (voices ?? null) !== null) {
    throw refusal(flow, 'voice and voices exclude each other', 'both', 'Keep voice for one language, or voices for several.');
  }
  const key = keys?.operator ?? null;
  if (key !== null && (operator ?? null) === null) {
    throw refusal(flow, 'keys.operator must lead somewhere', 'no operator', 'Add operator: function* (call) { … }, or take the key out.');
  }
  if (key === null && (operator ?? null) !== null) {
    throw refusal(flow, 'operator must have a key', 'none', "Add keys: { operator: '0' }, or take the operator out.");
  }
}

function checkVoice(flow: string, argument: string, voice: unknown): void {
  if (isName(voice)) return;
  const came = typeof voice === 'string' && voice !== '' ? 'blanks or control characters' : describeValue(voice);
  throw refusal(flow, `${argument} must be the name of a voice profile`, came, 'Write it like en-US-BenjaminRUS.');
}

/** A text that can name something on the wire. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && isNameable(value);
}

function checkVoices(flow: string, voices: unknown): void {
  const languages = typeof voices === 'object' && voices !== null && !Array.isArray(voices) ? Object.entries(voices) : [];
  if (languages.length === 0) {
    const came = typeof voices === 'object' && !Array.isArray(voices) ? 'none' : describeValue(voices);
    throw refusal(flow, 'voices must have a voice for at least one language', came, "Write voices: { en: 'en-US-BenjaminRUS', zh: … }.");
  }
  for (const [language, voice] of languages) {
    // `{ audio: … }` is how a prompt names an audio file.
    if (!isName(language) || language === 'audio') {
      throw refusal(flow, 'voices must be keyed by language', maskedName(JSON.stringify(language)), 'Use tags such as en or zh-CN.');
    }
    checkVoice(flow, `voices.${maskedName(language)}`, voice);
  }
}

function checkLanguage(flow: string, language: unknown, { voices }: Definition): void {
  const known = languagesOf(voices);
  if (!isName(language)) {
    throw refusal(flow, 'language must be the language in which calls begin', describeValue(language), 'Write it like en.');
  }
  if (known.length === 0 || known.includes(language)) return;
  throw refusal(
    flow,
    'language must be one of voices',
    JSON.stringify(maskedName(language)),
    `${didYouMean(language, known)}There are: ${known.join(', ')}.`,
  );
}

function checkExamples(flow: string, examples: unknown): void {
  checkKnown(flow, 'examples', examples, EXAMPLES);
  for (const [name, values] of Object.entries(examples as object) as [string, unknown][]) {
    const wrong = values === undefined ? null : exampleProblem(name, values);
    if (wrong !== null) throw refusal(flow, wrong.says, wrong.came, wrong.fix);
  }
}

function checkGoodbye(flow: string, goodbye: unknown, definition: Definition): void {
  if (typeof goodbye === 'function') {
    checkGeneratorFunction(flow, 'goodbye', goodbye);
    return;
  }
  for (const part of promptParts(goodbye as Prompt)) {
    const checked = checkedPart('defineFlow', 'goodbye', part);
    checkLanguages(flow, 'goodbye', isAudio(checked) ? checked.audio : checked, definition);
  }
}

function checkPhrases(flow: string, phrases: unknown, definition: Definition): void {
  checkKnown(flow, 'phrases', phrases, Object.keys(PHRASES));
  for (const [name, text] of Object.entries(phrases as object)) {
    if (text === undefined) continue;
    const checked = checkedPart('defineFlow', `phrases.${name}`, text);
    if (isAudio(checked)) throw refusal(flow, `phrases.${name} must be a text`, 'an audio file', 'It is put together with other words.');
    checkLanguages(flow, `phrases.${name}`, checked, definition);
  }
}

function checkLanguages(flow: string, argument: string, text: Text, { voices, language }: Definition): void {
  if (typeof text === 'string') return;
  const spoken = languagesOf(voices);
  const known = spoken.length > 0 ? spoken : language ? [language] : [];
  if (known.length === 0) {
    throw refusal(
      flow,
      `${argument} must be one text, for the flow speaks one language`,
      'one per language',
      'Write one text, or give `voices`.',
    );
  }
  const missing = known.filter((one) => !Object.hasOwn(text, one));
  if (missing.length === 0) return;
  const came = Object.keys(text).map(maskedName).join(', ');
  throw refusal(flow, `${argument} must have every language that the flow speaks`, came, `Add ${missing.join(', ')}.`);
}

function checkLimits(flow: string, limits: unknown): void {
  checkKnown(flow, 'limits', limits, LIMITS);
  for (const [name, value] of Object.entries(limits as object) as [string, unknown][]) {
    if (value === undefined || (Number.isInteger(value) && (value as number) >= 1)) continue;
    const came = typeof value === 'number' ? String(value) : describeValue(value);
    throw refusal(flow, `limits.${name} must be a positive integer`, came, 'Leave it out for the default.');
  }
}

function checkGeneratorFunction(flow: string, argument: string, value: unknown): void {
  if (isGeneratorFunction(value)) return;
  const { came, fix } = notGeneratorFunction(value);
  throw refusal(flow, `${argument} must be a generator function`, came, fix);
}

function checkKnown(flow: string, what: string, value: unknown, known: readonly string[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refusal(flow, `${what} must be an object`, describeValue(value), `It may hold: ${known.join(', ')}.`);
  }
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const fix = `${didYouMean(unknown, known)}Known are: ${known.join(', ')}.`;
  throw refusal(flow, `${what} must hold known keys only`, JSON.stringify(maskedName(unknown)), fix);
}

function languagesOf(voices: Definition['voices']): readonly string[] {
  return typeof voices === 'object' && voices !== null ? Object.keys(voices) : [];
}

function refusal(flow: string, says: string, came: string, fix: string): FlowDefinitionError {
  return new FlowDefinitionError(`Flow "${flow}": ${says}; got ${came}. ${fix}`);
}
