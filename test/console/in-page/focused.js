// Run in the page: what has the focus, and whether that can be seen.
(() => {
  const element = document.activeElement;
  const shows = (one) => one !== null && getComputedStyle(one).outlineStyle !== 'none';
  const box = element.querySelector('.hs-box');
  return {
    name: element.getAttribute('aria-label') ?? element.innerText?.trim() ?? '',
    isSeen:
      shows(element) ||
      shows(element.closest('label')) ||
      shows(element.closest('tr')) ||
      (box !== null && getComputedStyle(box).strokeWidth === '3px'),
  };
})();
