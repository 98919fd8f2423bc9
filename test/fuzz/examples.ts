import bilingual from '../../examples/bilingual/bilingual.ts';
import hello from '../../examples/hello/hello.ts';
import masking from '../../examples/masking/masking.ts';
import reminder from '../../examples/reminder/reminder.ts';
import restaurant from '../../examples/restaurant/restaurant.ts';
import support from '../../examples/support/support.ts';
import survey from '../../examples/survey/survey.ts';
import type { FlowModule } from '@hookswitch/dsl';

/** All flows of the examples that wait for nothing but their callers: what a server says while it waits for a signal, in pieces, a machine that runs alone does not. */
export const EXAMPLES: readonly FlowModule[] = [hello, support, restaurant, reminder, bilingual, masking, survey];
