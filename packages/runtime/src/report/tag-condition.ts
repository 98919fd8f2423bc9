import { COMPARISONS, numberIn } from '../store/tag-filter.ts';
import type { TagFilter } from '../store/store.ts';

const CONDITION = new RegExp(`^([A-Za-z][A-Za-z0-9_-]{0,39})(${COMPARISONS.join('|')})(.+)$`, 's');
/** Characters of a value: as many as a text of a tag may have. */
const MAX_VALUE = 200;

/** Reads a condition on a tag as people write it: `reason=billing`, `amount>=1000`. Gives a sentence that says what is wrong where it is none. */
export function readTagCondition(text: string): TagFilter | string {
  const [, name, compare, value] = CONDITION.exec(text) ?? [];
  if (name === undefined || compare === undefined || value === undefined)
    return 'A condition on a tag is written as reason=billing or amount>=1000: a name, one of = != < <= > >=, and a value.';
  if (value.length > MAX_VALUE) return `No tag has more than ${MAX_VALUE} characters.`;
  if (compare !== '=' && compare !== '!=' && numberIn(value) === null)
    return `The tag "${name}" is compared by ${compare}, which needs a number, such as ${name}${compare}1000. Texts are compared by = and !=.`;
  return { name, compare: compare as TagFilter['compare'], value };
}

/** The same as it was written. */
export function writeTagCondition({ name, compare, value }: TagFilter): string {
  return `${name}${compare}${value}`;
}
