/**
 * Serves all examples, each on a number of its own: `npm run hookswitch -- start --config examples/hookswitch.config.ts`.
 * In a project of yours it stands beside the flows' folder, begins with `import { defineConfig } from '@hookswitch/cli'`, and exports `defineConfig({ … })`.
 */
export default {
  flows: [
    { flow: './hello/hello.ts', default: true },
    { flow: './support/support.ts', numbers: ['+6568332001'] },
    { flow: './restaurant/restaurant.ts', numbers: ['+6568332002'] },
    { flow: './reminder/reminder.ts', numbers: ['+6568332003'] },
    { flow: './bilingual/bilingual.ts', numbers: ['+6568332004'] },
    { flow: './masking/masking.ts', numbers: ['+6568332005'] },
    { flow: './survey/survey.ts', numbers: ['+6568332006'] },
    { flow: './payment/payment.ts', numbers: ['+6568332007'] },
  ],
  store: 'memory',
  // Encrypts the PINs of `support` and the numbers of `masking`. A real key is random (`openssl rand -base64 32`) and stands in the environment: HOOKSWITCH_DATA_KEYS.
  dataKeys: Buffer.from('the examples have nothing to hide').subarray(0, 32).toString('base64'),
};
