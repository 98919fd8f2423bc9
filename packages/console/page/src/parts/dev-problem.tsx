import { useState } from 'preact/hooks';
import { dev } from '../lib/state.ts';
import { Icon } from './icons.tsx';

/** Why what was saved last is not served. It covers nothing: the call on the page goes on. */
export function DevProblem() {
  const [dismissed, setDismissed] = useState<object | null>(null);
  const problem = dev.value?.problem ?? null;
  if (problem === null || dismissed === problem) return null;
  const { isServed, message, file, line, column, frame } = problem;
  const place = file === null ? null : [file, line, column].filter((part) => part !== null).join(':');
  return (
    <section class="dev-problem" role="alert" aria-label={isServed ? 'Callers would trip over this' : 'The flows could not be loaded'}>
      <Icon name="warning" size={20} />
      <div class="dev-problem-body">
        <strong>{message}</strong>
        {place !== null && <code class="place">{place}</code>}
        {frame.length > 0 && (
          <pre class="frame" tabIndex={0} role="group" aria-label="The lines around it">
            {frame.map((row) => (
              <span key={row.line} class={row.marked ? 'frame-line frame-marked' : 'frame-line'}>
                <span class="frame-number">{row.line}</span>
                {row.text}
                {'\n'}
              </span>
            ))}
          </pre>
        )}
        <p>
          {isServed ? 'It is served all the same, and callers would trip over this.' : 'The last good version keeps serving.'} Mend the file
          and save it: nothing needs to be restarted.
        </p>
      </div>
      <button type="button" class="icon-button" aria-label="Hide this message" onClick={() => setDismissed(problem)}>
        <Icon name="close" />
      </button>
    </section>
  );
}
