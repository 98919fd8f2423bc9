import * as runtime from '@hookswitch/runtime';
import * as simulator from '@hookswitch/simulator';

/** That both can be imported, and that their types hold in a strict project. */
export const installed = { runtime, simulator };
