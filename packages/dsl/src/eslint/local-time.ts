import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';
import type { Offence } from '../world/globals.ts';
import { hookswitchName } from './hookswitch-names.ts';
import { constantOf, isWrapper, parentOf, propertyName, unwrap, variableOf } from './syntax.ts';

/** What a use of a date, of Intl or of a text offends against. */
export interface Found {
  readonly node: ESTree.Node;
  readonly offence: Offence;
  readonly what: string;
}

const LOCAL_GETTER = /^get(?:Year|FullYear|Month|Date|Day|Hours|Minutes|TimezoneOffset)$/;
const LOCAL_SETTER = /^set(?:Year|FullYear|Month|Date|Hours|Minutes)$/;
/** Methods that nothing but dates has. */
const ONLY_DATES = /^to(?:DateString|TimeString)$/;
const LOCALE_DATE = /^toLocale(?:Date|Time)String$/;
/** Methods whose first argument is the locale; without one it is the machine's. */
const LOCALE_FIRST = /^toLocale(?:String|UpperCase|LowerCase)$/;
/** A moment that is the same everywhere: an ISO date alone, or a time with its offset. */
const ABSOLUTE = /^\s*[+-]?\d{4,6}(?:-\d\d){0,2}\s*$|(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\s*(?:\(.*\))?\s*$/i;

/** What the call of a method offends against, whatever it is called on. */
export function offenceOfCall(sourceCode: SourceCode, call: ESTree.CallExpression): Found | null {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression') return null;
  const name = propertyName(callee);
  if (name === null) return null;
  const [first, second] = call.arguments;
  const found = (offence: Offence): Found => ({ node: call, offence, what: `${name}()` });
  if (LOCAL_GETTER.test(name) && first === undefined) return found('zone');
  if (LOCAL_SETTER.test(name) && first !== undefined) return found('zone');
  if (ONLY_DATES.test(name) && first === undefined) return found('zone');
  if (LOCALE_DATE.test(name)) return hasZone(second) ? null : found('zone');
  if (name === 'localeCompare' && first !== undefined && second === undefined) return found('locale');
  if (name === 'toString' && first === undefined && isDate(sourceCode, callee.object)) return found('zone');
  if (name === 'toLocaleString' && isDate(sourceCode, callee.object)) return hasZone(second) ? null : found('zone');
  if (LOCALE_FIRST.test(name) && first === undefined) return found('locale');
  const format = dateTimeFormat(sourceCode, callee.object);
  if (format === null || !/^format(?:ToParts)?$/.test(name)) return null;
  if (first === undefined) return found('clock');
  // One that is made outside of the flow is found where it is used.
  return callee.object.type === 'Identifier' && !hasZone(format.arguments[1]) ? found('zone') : null;
}

/** What is made of a date where a text is wanted: `${date}`, `'' + date`, `String(date)`. */
export function offenceOfText(sourceCode: SourceCode, part: ESTree.Node): Found | null {
  return isDate(sourceCode, part) ? { node: part, offence: 'zone', what: 'a date as a text' } : null;
}

/** What `new Date(…)` and `Date.parse(…)` offend against by their arguments. */
export function offenceOfMoment(node: ESTree.Node, given: readonly ESTree.Node[], what: string): Found | null {
  const [first] = given;
  if (first === undefined || first.type === 'SpreadElement') return null;
  if (given.length > 1) return { node, offence: 'zone', what: `${what}(year, month, …)` };
  if (first.type !== 'Literal' || typeof first.value !== 'string' || ABSOLUTE.test(first.value)) return null;
  return { node, offence: 'zone', what: `${what}('${first.value}')` };
}

/** What a member of Intl offends against where it is called or made. */
export function offenceOfIntl(member: ESTree.Node, name: string): Found | null {
  const made = parentOf(member);
  const isMade = (made?.type === 'NewExpression' || made?.type === 'CallExpression') && made.callee === member;
  if (!isMade || /^(?:getCanonicalLocales|supportedValuesOf|Locale)$/.test(name)) return null;
  const [locale, options] = made.arguments;
  if (name === 'DateTimeFormat' && !hasZone(options)) return { node: made, offence: 'zone', what: `Intl.${name} without timeZone` };
  if (locale === undefined || isNothing(locale)) return { node: made, offence: 'locale', what: `Intl.${name} without a locale` };
  return null;
}

/** Whether options name a zone; where they are not written out, they may. */
function hasZone(options: ESTree.Node | undefined): boolean {
  if (options === undefined || isNothing(options)) return false;
  const written = unwrap(options);
  if (written.type !== 'ObjectExpression') return true;
  return written.properties.some((property) => {
    if (property.type === 'SpreadElement') return true;
    const { key } = property;
    return (key.type === 'Identifier' && !property.computed ? key.name : key.type === 'Literal' ? key.value : null) === 'timeZone';
  });
}

function isNothing(node: ESTree.Node): boolean {
  return (node.type === 'Identifier' && node.name === 'undefined') || (node.type === 'ArrayExpression' && node.elements.length === 0);
}

/** Whether an expression is surely a date: `new Date(…)`, `yield* now()`, or a constant that is one. */
function isDate(sourceCode: SourceCode, expression: ESTree.Node): boolean {
  const node = valueOf(sourceCode, expression);
  if (node.type === 'NewExpression') return isGlobal(sourceCode, node.callee, 'Date');
  return (
    node.type === 'YieldExpression' &&
    node.argument?.type === 'CallExpression' &&
    hookswitchName(sourceCode, node.argument.callee) === 'now'
  );
}

/** `new Intl.DateTimeFormat(…)`, or a constant that is one; null for anything else. */
function dateTimeFormat(sourceCode: SourceCode, expression: ESTree.Node): ESTree.NewExpression | ESTree.SimpleCallExpression | null {
  const node = valueOf(sourceCode, expression);
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return null;
  const { callee } = node;
  if (callee.type !== 'MemberExpression' || propertyName(callee) !== 'DateTimeFormat') return null;
  return isGlobal(sourceCode, callee.object, 'Intl') ? node : null;
}

function valueOf(sourceCode: SourceCode, expression: ESTree.Node): ESTree.Node {
  const node = unwrap(expression);
  if (node.type !== 'Identifier') return node;
  const constant = constantOf(sourceCode, node);
  return constant === null || isWrapper(constant) ? (constant === null ? node : unwrap(constant)) : constant;
}

function isGlobal(sourceCode: SourceCode, node: ESTree.Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name && (variableOf(sourceCode, node)?.defs.length ?? 0) === 0;
}
