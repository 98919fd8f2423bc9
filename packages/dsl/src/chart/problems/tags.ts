import { definedAt } from '../../flow/define-flow.ts';
import type { Inspection, Subject } from '../problem.ts';

/** Finds tags that are declared and that no path sets: whoever looks for them finds no call. */
export function inspectTags({ flow }: Subject): Inspection {
  const { tags } = flow.options;
  const missing = new Set(Object.keys(tags?.kinds ?? {}));

  return {
    reached({ decision }) {
      if (missing.size > 0) for (const name of Object.keys(decision.tags)) missing.delete(name);
    },
    *finish({ explored }) {
      // What was not looked at may set them.
      if (missing.size === 0 || explored.truncated) return;
      const names = [...missing].map((name) => `"${name}"`).join(', ');
      const message =
        `Flow "${flow.name}" declares ${missing.size === 1 ? `the tag ${names}, which` : `the tags ${names}, which`} no path sets. ` +
        'Set them with yield labels.set({ … }), take them out of the declaration, or give examples to what leads there.';
      yield { code: 'HS_VERIFY_TAG_UNSET', severity: 'warning', site: 'idle', path: [], message, source: definedAt(flow) };
    },
  };
}
