import type { ComponentChildren } from 'preact';

/** Says that there is nothing, and what to do about it. */
export function EmptyState({ title, children }: { readonly title: ComponentChildren; readonly children?: ComponentChildren }) {
  return (
    <div class="empty">
      {typeof title === 'string' ? <h2>{title}</h2> : title}
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
