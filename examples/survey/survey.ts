import { ask, bridge, confirm, defineFlow, type Flow, numberRange, say, step, tags, uninterruptible } from '@hookswitch/dsl';
import { saveAnswers } from './answers.ts';

const AGENTS = '+6531589338';

/** Calls are found by it: `hookswitch calls list --tag solved=no --tag 'friendly<=2'`. */
const labels = tags({ agent: ['spoke', 'nobody'], friendly: 'number', solved: ['yes', 'no'] }, { metrics: ['agent', 'solved'] });

/** An agent, and then two questions about the agent. What was answered is kept even where the caller hangs up half-way. */
export default defineFlow({ name: 'survey', voice: 'en-US-ZiraRUS', tags: labels }, function* () {
  yield say('Welcome to Acme. After the call we would like to ask you two short questions.');
  const { outcome } = yield* bridge(AGENTS, { id: 'agent' });
  yield labels.set({ agent: outcome === 'answered' ? 'spoke' : 'nobody' });
  if (outcome === 'answered') yield* survey();
  else yield say('All of our people are on the phone. Please call again later. Goodbye.');
});

function* survey(): Flow {
  let friendly: number | null = null;
  let solved: boolean | null = null;
  try {
    friendly = yield* ask('How friendly were we, from 1, not at all, to 5, very?', {
      id: 'friendly',
      validate: numberRange(1, 5),
      attempts: 2,
      otherwise: null,
    });
    if (friendly !== null) yield labels.set({ friendly });
    solved = yield* confirm('Is your problem solved? Press 1 for yes, 2 for no.', { id: 'solved', attempts: 2, otherwise: null });
    if (solved !== null) yield labels.set({ solved: solved ? 'yes' : 'no' });
    yield say('Thank you. Goodbye.');
  } finally {
    yield* uninterruptible(function* () {
      // This runs to its end when the caller hangs up, whenever that is: a step is performed then, speech is not.
      const answers = { friendly, solved };
      if (friendly !== null || solved !== null) {
        yield* step('save-answers', ({ idempotencyKey }) => saveAnswers(idempotencyKey, answers), {
          examples: { saved: undefined },
          onError: () => undefined,
        });
      }
    });
  }
}
