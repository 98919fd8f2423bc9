import { BRIDGE_OUTCOMES, type BridgeOutcome, type BridgeResult } from '../effects/bridge.ts';
import type { Capture } from '../effects/capture.ts';
import { settingClasses } from '../effects/setting-classes.ts';
import type { Step, StepFailure } from '../effects/step.ts';
import type { WaitFor } from '../effects/wait-for.ts';
import { checkSignal } from '../flow/signal-value.ts';
import type { Decision } from '../generator/decision.ts';
import { NOT_ARRIVED } from '../generator/outcome.ts';

/** One way in which a wait can be answered; exploration tries one answer of each. */
export interface AnswerClass {
  /** What stands on the arrow: keys, `silence`, an outcome, the name of a step's example, the settings that are not as declared. */
  readonly label: string;
  /** True for a universal key. */
  readonly universal?: boolean;
  readonly answer: { readonly value?: unknown } | { readonly error: StepFailure };
}

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*'] as const;
const SILENCE: AnswerClass = { label: 'silence', answer: { value: null } };
const HASH: AnswerClass = { label: '#', answer: { value: '' } };
const SAMPLE_FAILURE: AnswerClass = { label: 'fails', answer: { error: { name: 'Error', message: 'an example of a failure' } } };

/** The classes of answers to what a flow waits for. */
export function answerClasses(effect: NonNullable<Decision['effect']>): readonly AnswerClass[] {
  switch (effect.kind) {
    case 'capture':
      return captureClasses(effect);
    case 'bridge':
      return BRIDGE_OUTCOMES.map((outcome) => ({ label: outcome, answer: { value: bridgeResult(outcome) } }));
    case 'step':
      return stepClasses(effect);
    case 'waitFor':
      return signalClasses(effect);
    case 'settings':
      return settingClasses(effect.settings).map(({ label, values }) => ({ label, answer: { value: values } }));
  }
}

function captureClasses(effect: Capture): readonly AnswerClass[] {
  if (effect.shape !== null)
    return effect.shape.answers.map(({ label, digits, universal = false }) => ({ label, universal, answer: { value: digits } }));
  const hash = effect.completeOnHash ? [HASH] : [];
  const typed = (digits: string): AnswerClass => ({
    label: effect.sensitive ? '•'.repeat(digits.length) : digits,
    answer: { value: digits },
  });
  if (effect.examples !== null) return [...effect.examples.map(typed), ...hash, SILENCE];
  if (effect.maxDigits === 1) return [...KEYS.map(typed), ...hash, SILENCE];
  const longest = '1234567890123456789012345'.slice(0, effect.maxDigits);
  const lengths = new Set([longest, longest.slice(0, effect.minDigits)]);
  return [...[...lengths].map(typed), ...hash, SILENCE];
}

function stepClasses(effect: Step<unknown>): readonly AnswerClass[] {
  const examples = Object.entries(effect.examples ?? {}).map(([label, value]) => ({ label, answer: value === undefined ? {} : { value } }));
  return [...(examples.length > 0 ? examples : [{ label: 'done', answer: {} }]), SAMPLE_FAILURE];
}

/** The label of a wait whose signal has not come in time. */
export const TIMEOUT_LABEL = 'timeout';

/** Examples that the schema refuses can't come: `check` tells of them. */
function signalClasses(effect: WaitFor): readonly AnswerClass[] {
  const examples = Object.entries(effect.examples ?? {}).flatMap(([label, example]): readonly AnswerClass[] => {
    const checked = checkSignal(effect, example);
    return 'issues' in checked ? [] : [{ label, answer: { value: { arrived: true, value: checked.value } } }];
  });
  // Nobody knows what a schema takes.
  const plain = effect.schema === null ? [{ label: 'arrives', answer: { value: { arrived: true, value: null } } }] : [];
  const arrived = effect.examples === null ? plain : examples;
  return [...arrived, { label: TIMEOUT_LABEL, answer: { value: NOT_ARRIVED } }];
}

/** An ordinary result of a bridge. */
export function bridgeResult(outcome: BridgeOutcome): BridgeResult {
  const answered = outcome === 'answered';
  return { outcome, sipCode: answered ? 200 : null, duration: answered ? 60 : null };
}
