import { written } from '../../arguments/duration.ts';
import type { Action } from '../../callflow/actions.ts';
import { checkCallflow } from '../../callflow/check-callflow.ts';
import type { WaitFor } from '../../effects/wait-for.ts';
import { paramsIssueText } from '../../flow/call-params.ts';
import { checkSignal } from '../../flow/signal-value.ts';
import { holdPiece } from '../../generator/hold-piece.ts';
import type { Inspection, Problem, Subject, VerifyCode } from '../problem.ts';
import type { Reached } from '../witness.ts';

/** About how long a character takes to speak, ms, and how long a piece may be until `check` speaks of it. */
const MS_PER_CHARACTER = 70;
const LONG = 20_000;

/** Finds what is wrong with waits for signals: values that nobody can send, a hold that 8x8 refuses, a piece that lets signals wait. */
export function inspectSignals({ sources }: Subject): Inspection {
  const found = new Map<string, Problem>();

  return {
    reached(reached) {
      const { effect, hold, site } = reached.decision;
      if (effect?.kind !== 'waitFor') return;
      const source = effect.source ?? sources.of(site);
      for (const [code, severity, message] of [...examplesOf(effect), ...holdOf(effect, hold)]) {
        const key = `${site}\n${code}\n${message}`;
        if (!found.has(key)) found.set(key, problemOf(reached, { code, severity, message }, source));
      }
    },
    finish: () => found.values(),
  };
}

type Finding = readonly [code: VerifyCode, severity: Problem['severity'], message: string];

function examplesOf(effect: WaitFor): readonly Finding[] {
  const { name, schema, examples } = effect;
  if (examples === null) {
    const goesOn = schema === null ? 'goes on with null only' : 'never sees it come';
    return [
      [
        'HS_VERIFY_SIGNAL_EXAMPLES',
        'warning',
        `Signal "${name}" has no examples, so exploration ${goesOn}. Give it values by name: waitFor(…, { examples: { ok: { … } } }).`,
      ],
    ];
  }
  return Object.entries(examples).flatMap(([label, example]): readonly Finding[] => {
    const checked = checkSignal(effect, example);
    if (!('issues' in checked)) return [];
    const issues = checked.issues.map(paramsIssueText).join('; ');
    return [
      [
        'HS_VERIFY_SIGNAL_EXAMPLES',
        'error',
        `Example "${label}" of signal "${name}" does not fit its own schema, so it can never come: ${issues}. Mend the one or the other.`,
      ],
    ];
  });
}

function holdOf({ name }: WaitFor, hold: readonly Action[]): readonly Finding[] {
  return hold.flatMap((piece, index): readonly Finding[] => {
    const where = `hold[${index}] of signal "${name}"`;
    const { actions } = holdPiece(hold, index, { text: 'x', voiceProfile: 'x' });
    const broken = checkCallflow({ callflow: actions }, { via: 'vca' }).filter(({ severity }) => severity === 'error');
    const refused = broken.map(({ code, message }): Finding => [
      'HS_VERIFY_HOLD',
      'error',
      `At ${where} its callflow is never sent, because it breaks ${code}: ${message}`,
    ]);
    const ms = speechTime(piece);
    if (ms <= LONG) return refused;
    const about = written(Math.round(ms / 1_000) * 1_000);
    return [
      ...refused,
      [
        'HS_VERIFY_HOLD',
        'warning',
        `${where} takes about ${about} to speak, and a signal is heard at its end. Cut it into pieces.`.replace(/^./, (first) =>
          first.toUpperCase(),
        ),
      ],
    ];
  });
}

function speechTime(piece: Action): number {
  if (piece.action !== 'say') return 0;
  const { text, speed = 1, repetition = 1 } = piece.params;
  return (text.length * MS_PER_CHARACTER * repetition) / speed;
}

function problemOf(
  { decision: { site }, witness }: Reached,
  { code, severity, message }: Pick<Problem, 'code' | 'severity' | 'message'>,
  source: string | null,
): Problem {
  return { code, severity, site, path: witness.labels, message, source };
}
