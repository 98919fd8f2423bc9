export { heardIn, recordedCall } from './recorded.ts';
export { writeTest } from './write-test.ts';
