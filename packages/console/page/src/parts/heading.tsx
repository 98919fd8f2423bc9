import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

/** What a page is: its heading, which has the focus when the page was opened, and the title of the window. */
export function Heading(props: { readonly title: string; readonly hidden?: boolean; readonly children?: ComponentChildren }) {
  const { title, hidden = false, children = title } = props;
  useEffect(() => {
    document.title = `${title} · Hookswitch`;
  }, [title]);
  return (
    <h1 class={hidden ? 'hidden' : undefined} tabIndex={-1} data-heading>
      {children}
    </h1>
  );
}
