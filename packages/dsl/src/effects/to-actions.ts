import type { Action, MakeCallAction, PlayFileAction, SayAction, SayAndCaptureAction } from '../callflow/actions.ts';
import { EffectArgumentError } from '../errors/index.ts';
import { type Call, virtualNumber } from '../flow/call.ts';
import type { FlowOptions } from '../flow/flow-options.ts';
import { type Audio, isAudio, type Prompt, type Text } from '../flow/text.ts';
import type { Bridge } from './bridge.ts';
import type { Capture } from './capture.ts';
import type { Hangup } from './hangup.ts';
import type { PlayFile } from './play-file.ts';
import type { Say } from './say.ts';

/** The effects that go over the wire. */
export type WireEffect = Say | PlayFile | Capture | Bridge | Hangup;

/** What is in force when an effect is put into wire form. */
export interface WireContext {
  readonly call: Pick<Call, 'direction' | 'from' | 'to'>;
  readonly options: Pick<FlowOptions, 'name' | 'voices'>;
  /** The language that is spoken now; null in a flow of one language. */
  readonly language: string | null;
  /** The voice that `useVoice` chose; null where it didn't: then the flow's voice for the language speaks. */
  readonly voice: string | null;
}

const HANGUP: readonly Action[] = Object.freeze([Object.freeze({ action: 'hangup' } as const)]);

/**
 * The actions that an effect becomes on the wire, in order. Every parameter of a capture is sent, because 8x8's documents disagree about its defaults (U15).
 * A prompt of several parts becomes `say` and `playFile` actions before its `sayAndCapture`; the platform's retries repeat the last part only.
 *
 * @throws EffectArgumentError `HS_TEXT_LANGUAGE_MISSING` or `HS_VOICE_MISSING` when the effect can't be spoken in the language in force.
 */
export function toActions(effect: WireEffect, context: WireContext): readonly Action[] {
  switch (effect.kind) {
    case 'say':
      return [sayAction(effect, effect.text, 'say.text', context)];
    case 'playFile':
      return [playFileAction(effect, effect.fileUrl, effect.repetition, 'playFile.fileUrl', context)];
    case 'capture':
      return captureActions(effect, context);
    case 'bridge':
      return [makeCallAction(effect, context)];
    case 'hangup':
      return HANGUP;
  }
}

function sayAction(effect: Say | Capture, text: Text, argument: string, context: WireContext, repetition = effect.repetition): SayAction {
  return {
    action: 'say',
    params: { text: inLanguage(effect, text, argument, context), voiceProfile: voiceOf(effect, context), repetition, speed: effect.speed },
  };
}

function playFileAction(
  effect: WireEffect,
  fileUrl: Audio['audio'],
  repetition: number,
  argument: string,
  context: WireContext,
): PlayFileAction {
  return { action: 'playFile', params: { fileUrl: inLanguage(effect, fileUrl, argument, context), repetition } };
}

function captureActions(effect: Capture, context: WireContext): readonly Action[] {
  const parts = partsOf(effect.prompt);
  const question = parts.at(-1);
  if (question === undefined || isAudio(question)) {
    throw new EffectArgumentError(
      'HS_CAPTURE_PROMPT_END',
      'capture: the last part of prompt must be a text, because it is what the platform speaks while it takes digits. Put a text after the audio file.',
      'capture.prompt',
    );
  }
  if (parts.length === 1) return [sayAndCaptureAction(effect, question, effect.repetition, context)];
  const before = parts.slice(0, -1).map((part) => partAction(effect, part, context));
  const actions: Action[] = [];
  // The platform can repeat one action only: a prompt of several parts is repeated as a whole by writing it out.
  for (let round = 1; round < effect.repetition; round++) actions.push(...before, partAction(effect, question, context));
  actions.push(...before, sayAndCaptureAction(effect, question, 1, context));
  return actions;
}

function partAction(effect: Capture, part: Text | Audio, context: WireContext): Action {
  if (isAudio(part)) return playFileAction(effect, part.audio, 1, 'capture.prompt', context);
  return sayAction(effect, part, 'capture.prompt', context, 1);
}

function sayAndCaptureAction(effect: Capture, question: Text, repetition: number, context: WireContext): SayAndCaptureAction {
  const { successMessage, failureMessage } = effect;
  const { digitTimeout, overallTimeout } = timeouts(effect);
  return {
    action: 'sayAndCapture',
    params: {
      promptMessage: inLanguage(effect, question, 'capture.prompt', context),
      voiceProfile: voiceOf(effect, context),
      successMessage: successMessage === null ? null : inLanguage(effect, successMessage, 'capture.successMessage', context),
      failureMessage: failureMessage === null ? null : inLanguage(effect, failureMessage, 'capture.failureMessage', context),
      speed: effect.speed,
      repetition,
      completeOnHash: effect.completeOnHash,
      minDigits: effect.minDigits,
      maxDigits: effect.maxDigits,
      digitTimeout,
      overallTimeout,
      noOfTries: effect.noOfTries,
    },
  };
}

/** 8x8's guide wants `digitTimeout` to be less than `overallTimeout`, its samples have them equal (U5): one millisecond less is right by both. */
function timeouts({ digitTimeout, overallTimeout }: Capture): { readonly digitTimeout: number; readonly overallTimeout: number } {
  if (digitTimeout < overallTimeout) return { digitTimeout, overallTimeout };
  return overallTimeout > 1 ? { digitTimeout: overallTimeout - 1, overallTimeout } : { digitTimeout: 1, overallTimeout: 2 };
}

function makeCallAction(effect: Bridge, context: WireContext): MakeCallAction {
  const legs = { source: effect.from ?? virtualNumber(context.call), destination: effect.to };
  return { action: 'makeCall', params: effect.callRecording === null ? legs : { ...legs, callRecording: effect.callRecording } };
}

function partsOf(prompt: Prompt): readonly (Text | Audio)[] {
  // Array.isArray does not narrow readonly arrays.
  return Array.isArray(prompt) ? (prompt as readonly (Text | Audio)[]) : [prompt as Text | Audio];
}

function inLanguage(effect: WireEffect, text: Text, argument: string, { language, options }: WireContext): string {
  if (typeof text === 'string') return text;
  if (language !== null && Object.hasOwn(text, language)) return text[language] as string;
  const wanted =
    language === null
      ? 'flow speaks one language only. Give one string, or give the flow `voices` per language'
      : `call speaks "${language}" now. Add "${language}" to it, or change the language before`;
  throw new EffectArgumentError(
    'HS_TEXT_LANGUAGE_MISSING',
    `Flow "${options.name}": ${argument}${madeAt(effect)} has ${Object.keys(text).join(', ')}, but the ${wanted}.`,
    argument,
  );
}

function voiceOf(effect: Say | Capture, { language, voice, options }: WireContext): string {
  const chosen = effect.voice ?? voice ?? ownVoice(options.voices, language ?? '') ?? ownVoice(options.voices, '');
  if (chosen !== null) return chosen;
  const missing = language === null ? 'has no voice' : `has no voice for language "${language}"`;
  throw new EffectArgumentError(
    'HS_VOICE_MISSING',
    `Flow "${options.name}": ${effect.kind}${madeAt(effect)} can't be spoken, because the flow ${missing}. ` +
      'Add it to `voice` or `voices` of defineFlow, or give the effect a voice of its own.',
    `${effect.kind}.voice`,
  );
}

function ownVoice(voices: Readonly<Record<string, string>>, language: string): string | null {
  return Object.hasOwn(voices, language) ? voices[language] || null : null;
}

function madeAt(effect: WireEffect): string {
  return effect.source === undefined ? '' : ` (made at ${effect.source})`;
}
