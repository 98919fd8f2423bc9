/** What the command exits with. `docs/cli.md` lists the same, held by a test. */
export const EXIT_CODES = {
  ok: { code: 0, means: 'Done; what was looked at is in order.' },
  findings: {
    code: 1,
    means:
      'The command did its work and found something: problems in a flow, a journal that diverged, a deploy that the gate stops, a check of the doctor that failed, a simulated caller who heard something wrong, with `--strict` a place that no simulated caller reached, a flow that can not be loaded.',
  },
  usage: {
    code: 2,
    means: 'It was called in a way that can not work: an unknown command, option, flow or setting, or a value that is out of range.',
  },
  outside: {
    code: 3,
    means: 'Something outside is out of reach or refuses: the server, the store, 8x8, the port to listen on, npm.',
  },
  interrupted: { code: 130, means: 'A simulation or the gate was stopped by Ctrl+C; what it had found by then is printed.' },
  internal: { code: 70, means: 'A mistake of Hookswitch itself, with a stack that belongs into a bug report.' },
} as const satisfies Readonly<Record<string, { readonly code: number; readonly means: string }>>;

/** A number that the command may exit with. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES]['code'];
