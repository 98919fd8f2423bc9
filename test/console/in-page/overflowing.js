// Run in the page: what reaches beyond its right edge, other than inside something that scrolls by itself.
(() => {
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const isTooWide = (element) => element.getBoundingClientRect().right > clientWidth + 1;
  const isCut = (element) => {
    for (let around = element.parentElement; around !== null && around !== document.body; around = around.parentElement)
      if (getComputedStyle(around).overflowX !== 'visible' && !isTooWide(around)) return true;
    return false;
  };
  return [...document.body.querySelectorAll('*')]
    .filter((element) => isTooWide(element) && !isCut(element))
    .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`);
})();
