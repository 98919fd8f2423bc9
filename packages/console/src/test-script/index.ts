export { heardIn, recordedCall } from './recorded.ts';
export { writeTest } from './write-test.ts';
export { type Way, writeWayTest } from './way.ts';
