import type { StandardSchema } from '@hookswitch/dsl';

/** What whoever places the call gives along: `POST /calls` with `"params": { "appointment": "A-17" }`. */
export interface ReminderParams {
  readonly appointment: string;
}

/** Any Standard Schema will do, so yours will come from Zod, Valibot or ArkType; written by hand it is this. */
export const reminderParams: StandardSchema<ReminderParams> = {
  '~standard': {
    version: 1,
    vendor: 'by hand',
    validate(value) {
      const appointment = (value as Partial<ReminderParams> | null)?.appointment;
      if (typeof appointment === 'string') return { value: { appointment } };
      return { issues: [{ message: 'appointment must be the id of an appointment' }] };
    },
  },
};
