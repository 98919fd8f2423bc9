/** A condition begins where a name and a sign that compares follow: values may have blanks in them. */
const NEXT = /[\s,]+(?=[A-Za-z][\w-]*\s*(?:!=|<=|>=|=|<|>))/;

/** Conditions as people write them in one line: `reason=billing amount >= 1000`. */
export function readConditions(text: string): readonly string[] {
  const conditions = text.trim().split(NEXT);
  return conditions.filter((one) => one !== '').map((one) => one.replace(/^([\w-]+)\s*(!=|<=|>=|=|<|>)\s*/, '$1$2').trim());
}
