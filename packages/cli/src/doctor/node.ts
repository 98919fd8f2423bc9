import type { Diagnosis } from './diagnosis.ts';

/** The oldest Node that works. */
const OLDEST = [20, 19] as const;

/** Whether this Node is new enough. */
export function diagnoseNode(version: string): Diagnosis {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  const about = 'Node';
  return isEnough
    ? { state: 'ok', about, text: version }
    : {
        state: 'failure',
        about,
        text: `${version} is too old. Install ${OLDEST.join('.')} or later; a release with long-term support is best.`,
      };
}
