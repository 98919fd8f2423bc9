/** A setup file of vitest, which the reporter adds by itself: from here on each test says which arrows its calls take. */
import * as vitest from 'vitest';
import { recordCalls } from '../testing/recorder.ts';
import { MetaRecorder, type TestTask } from './meta-recorder.ts';

/** Vitest has moved this from one place to the other. */
interface Tests {
  getCurrentTest?(): TestTask | undefined;
}

const { TestRunner } = vitest as unknown as { readonly TestRunner?: Tests };
// eslint-disable-next-line no-restricted-syntax -- a version of vitest that has the one warns of the other
const tests: Tests = TestRunner?.getCurrentTest === undefined ? await import('vitest/suite') : TestRunner;

recordCalls(new MetaRecorder(() => tests.getCurrentTest?.()));
