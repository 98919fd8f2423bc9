import { fromCallback } from 'xstate';
import type { SettingsRead } from './events.ts';

/** Reads the defaults, for machines that run by themselves: there are no operators. The runtime reads settings itself and sends the same event. */
export const settingsLogic = fromCallback<{ type: 'IGNORED' }, { readonly at: number }>(({ input, sendBack }) => {
  const read: SettingsRead = { type: 'SETTINGS_READ', at: input.at, values: {} };
  sendBack(read);
});
