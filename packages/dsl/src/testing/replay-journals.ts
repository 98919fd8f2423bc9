import { checkBoolean, checkOptions, type OptionChecks } from '../arguments/check-argument.ts';
import { flowArgument } from '../chart/flow-argument.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import { adviseOnReplayed, describeReplayed } from '../recorded/describe-replayed.ts';
import { readJournalFile } from '../recorded/read-journal-file.ts';
import { replayRecorded } from '../recorded/replay-recorded.ts';
import type { JournalFile } from '../recorded/recorded-call.ts';
import { RecordedCallError } from './errors/recorded-call-error.ts';
import { type FileText, filesLike } from './journal-files.ts';

/** Options of `replayJournals`. */
export interface ReplayJournalsOptions {
  /** A test fails, too, where the caller hears other words. @default false */
  readonly words?: boolean;
  /** A test fails, too, where a tag or what the flow returns is another one. @default false */
  readonly results?: boolean;
}

const OPTIONS: OptionChecks<ReplayJournalsOptions> = { words: checkBoolean, results: checkBoolean };

/** A journal and its test. */
export interface CheckedJournal {
  readonly file: string;
  /** Throws `RecordedCallError` where the call goes another way now, `JournalFileError` for a file that is no journal. */
  check(): void;
}

/** What is to be tested. */
export interface CheckedJournals {
  readonly journals: readonly CheckedJournal[];
  /** Why nothing is tested; null where something is. */
  readonly problem: RecordedCallError | null;
}

/** The journals of a flow among the files of `pattern`. Files that can't be read count: their tests fail. */
export function journalsOf<P>(pattern: string, flow: FlowModule<P>, options: ReplayJournalsOptions): CheckedJournals {
  const subject = flowArgument('replayJournals', flow);
  checkOptions('replayJournals', options, OPTIONS);
  const files = filesLike(pattern);
  const others = new Set<string>();
  const journals = files.flatMap((file): readonly CheckedJournal[] => {
    const read = attempt(file);
    if ('problem' in read) return [{ file: file.file, check: () => throwIt(read.problem) }];
    const { journal } = read;
    if (journal.flow === subject.name) return [{ file: file.file, check: () => checkJournal(file.file, journal, subject, options) }];
    others.add(journal.flow);
    return [];
  });
  return { journals, problem: journals.length > 0 ? null : nothing(pattern, subject.name, files.length, others) };
}

function attempt({ file, read }: FileText): { readonly journal: JournalFile } | { readonly problem: unknown } {
  try {
    return { journal: readJournalFile(read(), file) };
  } catch (problem) {
    return { problem };
  }
}

function throwIt(problem: unknown): never {
  throw problem;
}

function checkJournal(
  file: string,
  journal: JournalFile,
  flow: FlowModule,
  { words = false, results = false }: ReplayJournalsOptions,
): void {
  const replayed = replayRecorded(flow, journal);
  const { verdict } = replayed;
  const isBad =
    verdict === 'diverged' || verdict === 'other way' || (words && verdict === 'other words') || (results && verdict === 'other result');
  if (isBad) throw new RecordedCallError(file, `${describeReplayed(replayed) ?? ''} ${adviseOnReplayed(replayed) ?? ''}`.trim());
}

function nothing(pattern: string, flow: string, files: number, others: ReadonlySet<string>): RecordedCallError {
  const found =
    files === 0
      ? 'no file is called like that'
      : `${files === 1 ? 'the only file is' : `all ${files} files are`} of other flows: ${[...others].join(', ')}`;
  return new RecordedCallError(
    pattern,
    `There is no recorded call of "${flow}": ${found}. Write some with: hookswitch calls export --flow ${flow} -o FOLDER.`,
  );
}
