import { type ArgumentCheck, argumentError } from '../arguments/check-argument.ts';
import { describeValue } from '../callflow/describe-value.ts';

const MAX_LENGTH = 256;
/** How the server names its own answers (`main.3`, `retry.3.1`, `retry:main_menu.1`, `transferred`): it must never take one for the other. */
const OURS = /^(?:[A-Za-z0-9_/-]+\.\d+|retry[.:].*|transferred)$/s;
/** What a webhook may not give back as it was sent: control characters, blanks at the ends, and words for "nothing". */
const CHANGES = /\p{Cc}|\p{Cs}|^\s|\s$|^(?:null|undefined)$/u;

/** The check of a `clientActionId` that an author chooses. */
export const checkActionId: ArgumentCheck = (effect, argument, value) => {
  const problem = problemOf(value);
  if (problem === null) return;
  throw argumentError('HS_CLIENT_ACTION_ID', effect, argument, problem);
};

function problemOf(value: unknown): { readonly says: string; readonly came: string; readonly fix: string } | null {
  const says = `must be a text of 1 to ${MAX_LENGTH} characters that a webhook gives back as it is`;
  if (typeof value !== 'string' || value === '')
    return { says, came: describeValue(value), fix: 'Give a name, e.g. main_menu, or leave it out.' };
  if (value.length > MAX_LENGTH) return { says, came: 'a longer text', fix: 'Shorten it.' };
  if (CHANGES.test(value)) return { says, came: 'a text that would not', fix: 'Leave out control characters, and blanks at its ends.' };
  if (!OURS.test(value)) return null;
  return {
    says: 'must not look like a name of the server itself',
    came: 'a name with a dot and a number at its end, one that begins with retry, or transferred',
    fix: 'Join the parts otherwise, e.g. menu_3.',
  };
}
