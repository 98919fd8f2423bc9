/** JSON as it went over the wire, to be unfolded. */
export function JsonView({ title, value }: { readonly title: string; readonly value: unknown }) {
  return (
    <details class="json">
      <summary>{title}</summary>
      <pre tabIndex={0}>{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}
