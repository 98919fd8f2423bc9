import type { ComponentChildren } from 'preact';

/** Why a layer shows nothing, and what to type. */
export function LayerNote({ children, command }: { readonly children: ComponentChildren; readonly command: string | null }) {
  return (
    <p class="layer-note" role="status">
      {children}
      {command !== null && (
        <>
          {' '}
          Run: <code>{command}</code>
        </>
      )}
    </p>
  );
}
