import type { TestView } from '../../../src/views.ts';
import { Icon } from './icons.tsx';

interface MadeTestProps {
  readonly test: TestView;
  readonly copied: boolean;
  readonly onCopied: (copied: boolean) => void;
  readonly onClose: () => void;
}

/** A test that was made of a call, and where it belongs. */
export function MadeTest({ test, copied, onCopied, onClose }: MadeTestProps) {
  return (
    <section class="test" aria-label="The call as a test">
      <div class="test-head">
        <span role="status">
          {copied ? 'Copied. ' : ''}Save it beside the flow as <code>{test.fileName}</code>.
        </span>
        <button type="button" class="button button-small" onClick={() => void copyText(test.code).then(onCopied)}>
          Copy
        </button>
        <button
          type="button"
          class="button button-small"
          onClick={() => saveAs(new Blob([test.code], { type: 'text/plain' }), test.fileName)}
        >
          Download
        </button>
        <button type="button" class="icon-button" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      {test.notes.length > 0 && (
        <ul class="test-notes">
          {test.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <pre class="code" tabIndex={0} role="region" aria-label="Code of the test">
        {test.code}
      </pre>
    </section>
  );
}

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not allowed, or not over a plain http address: the text is shown to be selected.
    return false;
  }
}

/** Has the browser save a file. */
export function saveAs(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
