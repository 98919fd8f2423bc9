/** Things that a page of the console is told by, and that take the focus when it is opened. */
export const HEADING = '[data-heading]';

/** Moves the focus, if what is wanted is there; says whether it was. */
export function focusOn(selector: string): boolean {
  const element = document.querySelector<HTMLElement | SVGElement>(selector);
  element?.focus({ preventScroll: selector === HEADING });
  return element !== null && document.activeElement === element;
}

/**
 * Sees to it that the focus is never lost: when what has it goes, or can't have it any more, it moves to the nearest thing around it that can, else to the page's
 * heading. Nothing happens where somebody has clicked beside everything.
 */
export function keepFocus(root: HTMLElement): void {
  let path: readonly Element[] = [];
  root.addEventListener('focusin', ({ target }) => {
    path = target instanceof Element ? around(target) : [];
  });
  root.addEventListener('focusout', ({ target, relatedTarget }) => {
    if (relatedTarget !== null) return;
    // Only later it can be told whether it was left, or taken away.
    queueMicrotask(() => {
      if (target === path[0] && target instanceof Element && isUsable(target)) path = [];
    });
  });
  new MutationObserver(() => {
    const [lost, ...others] = path;
    if (lost === undefined || document.activeElement !== document.body || isUsable(lost)) return;
    const heading = document.querySelector(HEADING);
    // A heading is replaced by another one as soon as what it speaks of is loaded.
    const near = lost.matches(HEADING) ? heading : others.find((element) => element.isConnected && element.matches('[tabindex]'));
    const refuge = near ?? heading;
    if (refuge instanceof HTMLElement || refuge instanceof SVGElement) refuge.focus({ preventScroll: true });
  }).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled', 'hidden'] });
}

function around(element: Element): readonly Element[] {
  const path: Element[] = [];
  for (let at: Element | null = element; at !== null; at = at.parentElement) path.push(at);
  return path;
}

function isUsable(element: Element): boolean {
  return element.isConnected && !element.matches(':disabled');
}
