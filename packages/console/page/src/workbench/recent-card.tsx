import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { RecentCalls } from './recent-calls.tsx';

const ID = 'recent-card';
/** A pointer that passes by opens nothing, ms. */
const LINGER = 250;
const GAP = 8;

/** A site that somebody points at, or that has the focus. */
export interface Pointed {
  readonly site: string;
  readonly element: Element;
}

/** The recent calls of a site beside it, for a glance: the panel has them with links. Escape closes it. */
export function RecentCard({ flow, pointed }: { readonly flow: string; readonly pointed: Pointed | null }) {
  const [shown, setShown] = useState<Pointed | null>(null);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (pointed === null) return setShown(null);
    const timer = setTimeout(() => setShown(pointed), LINGER);
    return () => clearTimeout(timer);
  }, [pointed]);
  useEffect(() => {
    if (shown === null) return undefined;
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') setShown(null);
    };
    addEventListener('keydown', onKey);
    shown.element.setAttribute('aria-describedby', ID);
    return () => {
      removeEventListener('keydown', onKey);
      shown.element.removeAttribute('aria-describedby');
    };
  }, [shown]);
  useLayoutEffect(() => {
    const element = card.current;
    if (element === null || shown === null) return;
    const at = shown.element.getBoundingClientRect();
    const left = at.right + GAP + element.offsetWidth < innerWidth ? at.right + GAP : Math.max(GAP, at.left - GAP - element.offsetWidth);
    element.style.left = `${left}px`;
    element.style.top = `${Math.max(GAP, Math.min(at.top, innerHeight - element.offsetHeight - GAP))}px`;
  });
  if (shown === null) return null;
  return (
    <div ref={card} id={ID} class="recent-card" role="tooltip">
      <strong>Recent calls at {shown.site}</strong>
      <RecentCalls flow={flow} site={shown.site} isLinked={false} />
    </div>
  );
}
