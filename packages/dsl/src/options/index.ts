/**
 * How the packages of Hookswitch describe and check sets of options: JSON Schema, and errors that name the place and the near miss. For those packages; flows
 * need none of it.
 */
export { argumentProblem, type Problem, findProblem, hideValue, type ShowValue, shownValue } from './find-problem.ts';
export { defaultsOf, FUNCTION, type OptionSet, optionSet, orNull, type Schema, valueThat, withDefaults } from './schema.ts';
