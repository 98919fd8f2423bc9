import { capture, defineFlow, type FlowDefinition, type FlowModule, say, step, type StepContext, uninterruptible } from '@hookswitch/dsl';

/** What one deploy after the other may bring: words, and questions by their ids. */
export interface Release {
  readonly what: string;
  readonly wording: string;
  readonly questions: readonly string[];
}

const QUESTIONS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** The first one is where it begins. */
export const RELEASES: readonly Release[] = [
  { what: 'as it was', wording: 'Question', questions: QUESTIONS },
  { what: 'other words', wording: 'Now question', questions: QUESTIONS },
  { what: 'one more at the end', wording: 'Question', questions: [...QUESTIONS, 'g'] },
  { what: 'the last one gone', wording: 'Question', questions: QUESTIONS.slice(0, -1) },
  { what: 'one more in the middle', wording: 'Question', questions: ['a', 'b', 'c', 'new', 'd', 'e', 'f'] },
  { what: 'the third one under another name', wording: 'Question', questions: ['a', 'b', 'sea', 'd', 'e', 'f'] },
  { what: 'one more in front', wording: 'Question', questions: ['first', ...QUESTIONS] },
];

/** Releases come round and round, in steps that make each one differ much from the one before. */
export function releaseOf(number: number): Release {
  return RELEASES[(number * 5) % RELEASES.length] as Release;
}

const onDivergence: NonNullable<FlowDefinition['onDivergence']> = function* (_call, { site }) {
  yield say(`Changed at ${site}.`);
};

/** A desk that asks its questions and notes each answer outside. `version`: where several are served side by side. */
function desk(receiver: string, { wording, questions }: Release, version?: string): FlowModule {
  const tell = async (effect: object, { idempotencyKey }: StepContext): Promise<void> => {
    const body = JSON.stringify({ ...effect, key: idempotencyKey, instance: process.pid });
    const response = await fetch(receiver, { method: 'POST', body });
    await response.text();
  };
  const name = { name: 'desk', voice: 'en-US-ZiraRUS', onDivergence } as const;
  return defineFlow(version === undefined ? name : { ...name, version }, function* (call) {
    const session = call.sessionId;
    try {
      for (const [place, id] of questions.entries()) {
        const answer = yield* capture(`${wording} ${id}?`, { id, maxDigits: 4 });
        const effect = { session, kind: 'note', n: place + 1, item: `${id} ${answer ?? '-'}` };
        yield* step(`note-${id}`, (context) => tell(effect, context), { examples: { noted: null } });
        yield say(`${id} was ${answer ?? '-'}.`);
      }
      yield say('Goodbye.');
    } finally {
      yield* uninterruptible(function* () {
        yield* step('bye', (context) => tell({ session, kind: 'bye', n: 1, item: null }, context), { examples: { done: null } });
      });
    }
  });
}

/** For `startServerProcess`: the one release, or with `sideBySide` all that there were until then, each under a version of its own. */
export function flows(receiver: string, { release, sideBySide }: { release: number; sideBySide: boolean }): readonly FlowModule[] {
  if (sideBySide) return Array.from({ length: release + 1 }, (_, version) => desk(receiver, releaseOf(version), String(version)));
  return [desk(receiver, releaseOf(release))];
}
