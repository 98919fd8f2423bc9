import { HIDDEN, type TimelineLine, type TurnLine } from '@hookswitch/runtime/inside';

/** One line of a call's story: when, and what. Lines without a time belong to the one before. */
export interface StoryLine {
  readonly at: string;
  readonly text: string;
}

const SENSITIVE = `${HIDDEN} (sensitive)`;
/** Characters of a result that are shown. */
const MAX_RESULT = 2_000;

/** A call as it went, for people: what the caller did, what was said, what steps gave, and whatever else happened, in order. */
export function callStory(timeline: readonly TimelineLine[]): readonly StoryLine[] {
  return timeline.flatMap((line): readonly StoryLine[] => {
    switch (line.kind) {
      case 'turn':
        return [{ at: line.at, text: line.text }, ...turnLines(line).map((text) => ({ at: '', text: `  ${text}` }))];
      case 'step':
        return [{ at: line.at, text: line.error === null ? `${line.text}: ${shown(line.result)}` : line.text }];
      case 'entry':
        return line.isTold ? [] : [{ at: line.at, text: `${line.text}${valueOf(line.data)}` }];
      default:
        return [{ at: line.at, text: line.text }];
    }
  });
}

function turnLines({ came, askedAt, state, said }: TurnLine): readonly string[] {
  const brought = `← ${came}${askedAt === null ? '' : ` at ${askedAt}`}${came.includes('•') ? ' (sensitive)' : ''}`;
  return [brought, ...(state === 'hidden' ? [SENSITIVE] : said).map((text) => `→ ${text}`)];
}

/** What was answered at a site that neither a turn nor a step shows. */
function valueOf(data: unknown): string {
  const entry = data as { readonly erased?: unknown; readonly value?: unknown };
  if (entry.erased === true) return `: ${SENSITIVE}`;
  return 'value' in entry ? `: ${shown(entry.value)}` : '';
}

function shown(value: unknown): string {
  if (value === HIDDEN) return SENSITIVE;
  const text = value === null || value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > MAX_RESULT ? `${text.slice(0, MAX_RESULT)}… (${text.length} characters)` : text;
}
