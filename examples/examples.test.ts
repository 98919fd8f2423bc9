import { type FlowModule, verify } from '@hookswitch/dsl';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import bilingual from './bilingual/bilingual.ts';
import hello from './hello/hello.ts';
import config from './hookswitch.config.ts';
import masking from './masking/masking.ts';
import payment from './payment/payment.ts';
import reminder from './reminder/reminder.ts';
import restaurant from './restaurant/restaurant.ts';
import support from './support/support.ts';
import survey from './survey/survey.ts';

const flows: readonly FlowModule[] = [bilingual, hello, masking, payment, reminder, restaurant, support, survey];

it.each(flows.map((flow) => [flow.name, flow] as const))('%s has nothing that callers would trip over', (_name, flow) => {
  expect(verify(flow).problems.map(({ message }) => message)).toEqual([]);
});

it('all of them are in the configuration', () => {
  const files = config.flows.map(({ flow }) => flow);
  expect(files.filter((file) => !existsSync(new URL(file, import.meta.url)))).toEqual([]);
  expect(files.toSorted()).toEqual(flows.map(({ name }) => `./${name}/${name}.ts`).toSorted());
});
