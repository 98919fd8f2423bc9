import type { ComponentChildren } from 'preact';

/** Says that there is nothing, and what to do about it. */
export function EmptyState({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      <div class="empty-text">{children}</div>
    </div>
  );
}

/** What went wrong, where the page would show something else. */
export function Failure({ message }: { readonly message: string }) {
  return (
    <div class="notice notice-bad" role="alert">
      {message}
    </div>
  );
}
