import { definedAt } from '../../flow/define-flow.ts';
import type { Inspection, Subject } from '../problem.ts';

/** Finds settings that no path reads: whoever changes one changes nothing. */
export function inspectSettings({ flow }: Subject): Inspection {
  const { settings } = flow.options;
  let isRead = settings === null;

  return {
    reached({ decision }) {
      isRead ||= decision.settings !== null;
    },
    *finish({ explored }) {
      // What was not looked at may read them.
      if (isRead || explored.truncated) return;
      const names = Object.keys(settings?.declared as object)
        .map((name) => `"${name}"`)
        .join(', ');
      const message =
        `Flow "${flow.name}" declares the settings ${names}, and no path reads them: who changes one changes nothing. ` +
        'Read them with yield* line.read(), take them out, or give examples to what leads there.';
      yield { code: 'HS_VERIFY_SETTINGS_UNREAD', severity: 'warning', site: 'idle', path: [], message, source: definedAt(flow) };
    },
  };
}
