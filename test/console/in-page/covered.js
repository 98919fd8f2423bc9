// Run in the page: buttons and links that something else lies over, once they are scrolled into sight, as "name: what is there".
(() => {
  const found = [];
  for (const control of document.querySelectorAll('button:not([disabled]), a[href], input, select')) {
    if (!control.checkVisibility({ visibilityProperty: true })) continue;
    control.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
    const { left, top, width, height } = control.getBoundingClientRect();
    // What waits outside of the window until it has the focus covers nothing, and is not covered.
    if (width < 2 || height < 2 || left + width / 2 < 0 || top + height / 2 < 0) continue;
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    const isIt = there !== null && (control.contains(there) || there.closest('label')?.contains(control));
    if (!isIt) found.push(`${control.ariaLabel ?? control.textContent.trim()}: ${there?.tagName} .${there?.getAttribute('class')}`);
  }
  return found;
})();
