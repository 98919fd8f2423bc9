import type { ForkTurnView, ForkView } from '@hookswitch/console/inside';
import type { Colors } from './colors.ts';

const BY = { recorded: 'as then', 'asked-again': 'keyed in again', played: 'you', flow: '' } as const;

/** A fork as a conversation: what is heard, what was heard then where that differs, what was done; and where it stands. */
export function formatFork(view: ForkView, colors: Colors): string {
  const { bold, dim, yellow, red } = colors;
  const { call, version, turn, turns, notes, stray, waits, error } = view;
  const lines = [
    bold(`${call.flow}@${version}, from turn ${turn}`),
    ...notes.map((note) => yellow(note)),
    ...turns.flatMap((one) => turnLines(one, colors)),
    ...(stray === null ? [] : [yellow(`≠ ${stray.text}`), ...(stray.advice === null ? [] : [dim(`  ${stray.advice}`)])]),
    ...(error === null ? [] : [red(`✗ ${error}`)]),
    dim(
      waits.for === 'nothing'
        ? `It is over: ${{ flow: 'the flow hung up', caller: 'you hung up', failed: 'the flow has failed' }[waits.ended]}.`
        : asks(view),
    ),
  ];
  return lines.join('\n');
}

function turnLines(
  { site, verdict, thenSite, then, now, again, steps, answer }: ForkTurnView,
  { dim, red, green, cyan }: Colors,
): readonly string[] {
  const isOther = (verdict === 'other words' || verdict === 'elsewhere') && then !== null;
  const mark = site === '' ? [] : [dim(`${site}${verdict === 'elsewhere' ? ` (${thenSite ?? 'over'} then)` : ''}`)];
  return [
    ...steps.map((step) => `· ${step.site} → ${step.text} ${dim(BY[step.by])}`),
    ...mark,
    ...(isOther ? then.filter((text) => !now.includes(text)).map((text) => red(`- ${text}`)) : []),
    ...now.map((text) => (isOther && !then.includes(text) ? green(`+ ${text}`) : `» ${text}`)),
    ...again.map((text) => `» ${text}`),
    ...(answer === null ? [] : [`${cyan(`« ${answer.text}`)} ${dim(BY[answer.by])}`]),
  ];
}

function asks({ waits }: ForkView): string {
  if (waits.for === 'keys') return `It waits for keys at "${waits.site}"${waits.again ? ': what was keyed in then is erased' : ''}.`;
  if (waits.for === 'bridge') return `A bridge is open at "${waits.site}": answered, busy, no-answer, declined or failed.`;
  if (waits.for === 'nothing') return '';
  const known = [
    ...(waits.then === null ? [] : ['recorded']),
    ...waits.choices.map(({ label }) => label),
    ...(waits.mayFail ? ['fails'] : []),
  ];
  return `It waits for what "${waits.site}" gives: ${known.join(', ')}, or JSON.`;
}
