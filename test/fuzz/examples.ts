import bilingual from '../../examples/bilingual/bilingual.ts';
import hello from '../../examples/hello/hello.ts';
import masking from '../../examples/masking/masking.ts';
import payment from '../../examples/payment/payment.ts';
import reminder from '../../examples/reminder/reminder.ts';
import restaurant from '../../examples/restaurant/restaurant.ts';
import support from '../../examples/support/support.ts';
import survey from '../../examples/survey/survey.ts';
import type { FlowModule } from '@hookswitch/dsl';

/** All flows of the examples. */
export const EXAMPLES: readonly FlowModule[] = [hello, support, restaurant, reminder, bilingual, masking, survey, payment];
