import { argumentError, brokenRule, checkParameter, maskedName } from '../arguments/check-argument.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { laterKind } from '../callflow/kind-of-value.ts';
import { MAX_TEXT, type Parameter, PARAMETERS } from '../callflow/parameters.ts';
import { isSpeakable } from '../callflow/speakable.ts';
import { currentRun } from './current-run.ts';
import type { FlowOptions } from './flow-options.ts';
import { isEffect } from './make-effect.ts';
import { type Audio, isAudio, type Prompt, type Text } from './text.ts';

const { fileUrl } = PARAMETERS.playFile;
const { promptMessage } = PARAMETERS.sayAndCapture;

// Written out: \s would also turn the spaces of other scripts into plain ones.
const BREAK = /[\t\n\v\f\r\u0085\u2028\u2029]/;
// And halves of characters that stand alone (lone surrogates), which no wire carries.
const ODD = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Surrogate}/u;
const BLANKS = /[ \t\n\v\f\r\u0085\u2028\u2029]+/g;

/**
 * A text that can be sent as `parameter`, frozen: newlines and tabs, with the blanks around them, become one space. Inside a running flow a text per language
 * must cover every language of the flow's `voices`.
 *
 * @throws EffectArgumentError the code of the broken rule, or `HS_TEXT_LANGUAGE_MISSING`.
 */
export function checkedText(effect: string, argument: string, value: unknown, parameter: Parameter): Text {
  // Makers run again in every replay: most texts are ordinary strings, which every rule of every text accepts.
  if (typeof value === 'string' && value.length <= MAX_TEXT && isSpeakable(value) && !ODD.test(value)) return value;
  return perLanguage(effect, argument, value, parameter, oneLine);
}

/** An audio URL, or one per language, that can be sent; frozen. @throws EffectArgumentError the code of the broken rule, or `HS_TEXT_LANGUAGE_MISSING`. */
export function checkedAudioUrl(effect: string, argument: string, value: unknown): Audio['audio'] {
  return perLanguage(effect, argument, value, fileUrl, (url) => url);
}

/**
 * A prompt of a capture: a text, or a list of texts and audio files whose last part is a text; frozen.
 *
 * @throws EffectArgumentError the code of the broken rule, `HS_TEXT_LANGUAGE_MISSING`, or `HS_CAPTURE_PROMPT_END` where the last part is no text.
 */
export function checkedPrompt(effect: string, argument: string, value: unknown): Prompt {
  if (typeof value === 'string') return checkedText(effect, argument, value, promptMessage);
  if (!Array.isArray(value)) return endsInText(effect, argument, checkedPart(effect, argument, value));
  if (value.length === 0) throw brokenRule('HS_CALLFLOW_PROMPT_REQUIRED', effect, argument, 'an empty list');
  // Array.from also visits holes, which map would skip.
  const parts = Array.from(value as unknown[], (part, index) => checkedPart(effect, `${argument}[${index}]`, part));
  endsInText(effect, argument, parts.at(-1) as Text | Audio);
  return Object.freeze(parts);
}

/** One part of a prompt, frozen: a text or an audio file. */
export function checkedPart(effect: string, argument: string, part: unknown): Text | Audio {
  if (typeof part !== 'object' || part === null || !isAudio(part as Text | Audio))
    return checkedText(effect, argument, part, promptMessage);
  const other = Object.keys(part).find((key) => key !== 'audio');
  if (other !== undefined) {
    const says = { says: 'may hold the key audio only', came: `the key ${maskedName(other)} beside it`, fix: 'Take it out.' };
    throw argumentError('HS_EFFECT_OPTION_UNKNOWN', effect, argument, says);
  }
  return Object.freeze({ audio: checkedAudioUrl(effect, `${argument}.audio`, (part as Audio).audio) });
}

function endsInText(effect: string, argument: string, last: Text | Audio): Text | Audio {
  if (!isAudio(last)) return last;
  throw argumentError('HS_CAPTURE_PROMPT_END', effect, argument, {
    says: 'must end in a text, which is what the platform speaks while it takes digits',
    came: 'an audio file at its end',
    fix: 'Put a text after the audio file.',
  });
}

function perLanguage(effect: string, argument: string, value: unknown, parameter: Parameter, mend: (text: string) => string): Text {
  if (typeof value === 'string') return checkedString(effect, argument, value, parameter, mend);
  if (typeof value !== 'object' || value === null || Array.isArray(value) || laterKind(value) !== null) {
    return refuse(effect, argument, value, parameter);
  }
  if (isEffect(value)) {
    const says = { says: 'must be a text', came: `the effect ${value.kind}`, fix: 'Yield the effect before, and give words here.' };
    throw argumentError('HS_EFFECT_ARGUMENT', effect, argument, says);
  }
  const entries = Object.entries(value).map(([language, text]) => {
    const place = `${argument}.${maskedName(language)}`;
    if (typeof text !== 'string') return refuse(effect, place, text, parameter);
    return [language, checkedString(effect, place, text, parameter, mend)] as const;
  });
  const texts = Object.freeze(Object.fromEntries(entries));
  checkLanguages(effect, argument, texts);
  return texts;
}

function checkedString(effect: string, argument: string, text: string, parameter: Parameter, mend: (text: string) => string): string {
  const mended = mend(text);
  checkParameter(effect, argument, mended, parameter);
  const came =
    parameter === fileUrl
      ? null
      : !isSpeakable(mended)
        ? 'blanks only'
        : ODD.test(mended)
          ? 'half of a character (a lone surrogate)'
          : null;
  if (came === null) return mended;
  const code = parameter.checks.find((check) => check.code.endsWith('_LENGTH'))?.code ?? 'HS_CALLFLOW_TEXT_LENGTH';
  throw argumentError(code, effect, argument, { says: 'must have words to speak', came, fix: 'Give words, or leave it out.' });
}

function oneLine(text: string): string {
  return BREAK.test(text) ? text.replace(BLANKS, (blanks) => (BREAK.test(blanks) ? ' ' : blanks)) : text;
}

/** The first rule of every text and URL is that it is a string. */
function refuse(effect: string, argument: string, value: unknown, parameter: Parameter): never {
  const code = parameter.checks[0]?.code ?? 'HS_CALLFLOW_TEXT_REQUIRED';
  throw brokenRule(code, effect, argument, describeValue(value));
}

function checkLanguages(effect: string, argument: string, texts: Readonly<Record<string, string>>): void {
  const given = Object.keys(texts);
  if (given.length === 0) {
    const says = {
      says: 'must have a text for at least one language',
      came: 'an empty object',
      fix: 'Give one text, or one per language.',
    };
    throw argumentError('HS_TEXT_LANGUAGE_MISSING', effect, argument, says);
  }
  const run = currentRun();
  if (run === null) return;
  const languages = languagesOf(run.options);
  const missing = languages.filter((language) => !Object.hasOwn(texts, language));
  if (languages.length > 0 && missing.length === 0) return;
  throw argumentError('HS_TEXT_LANGUAGE_MISSING', effect, argument, {
    says: languages.length === 0 ? 'must be one text, for the flow speaks one language' : 'must have every language that the flow speaks',
    came: given.map(maskedName).join(', '),
    fix: languages.length === 0 ? 'Give one string, or give the flow `voices` per language.' : `Add ${missing.join(', ')}.`,
  });
}

/** The languages that a flow speaks; none where it has one voice and names no language. */
function languagesOf({ voices, language }: FlowOptions): readonly string[] {
  const spoken = Object.keys(voices).filter((key) => key !== '');
  return spoken.length > 0 || language === null ? spoken : [language];
}
