/** Where a diagram will be: it is drawn, or the flow is explored first. */
export function NoDiagram({ isFailed, isPending }: { readonly isFailed: boolean; readonly isPending: boolean }) {
  if (isFailed) return <div class="diagram" />;
  return (
    <div class={isPending ? 'diagram diagram-explored' : 'diagram diagram-wait'} role="status" aria-busy>
      {isPending && 'The flow is being explored. It can be called already; its diagram appears here.'}
    </div>
  );
}
