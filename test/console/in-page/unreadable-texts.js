// Run in the page: texts whose contrast is below WCAG AA (4.5, large ones 3), placeholders, and what is lit of a diagram (3), as "text: ratio".
(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return { r, g, b, a: a / 255 };
  };
  const over = (top, below) => {
    const mix = (one) => top[one] * top.a + below[one] * (1 - top.a);
    return { r: mix('r'), g: mix('g'), b: mix('b'), a: 1 };
  };
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  /** What an SVG text stands on: the box of its group, else the paper. */
  const boxOf = (element) => element.closest('.hs-badge, .hs-label, .hs-node')?.querySelector('rect');
  const backgroundOf = (element) => {
    const layers = [];
    const box = element instanceof SVGElement ? boxOf(element) : null;
    if (box) layers.push(rgba(getComputedStyle(box).fill));
    for (let at = element; at !== null; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    return layers.toReversed().reduce((below, top) => over(top, below), { r: 255, g: 255, b: 255, a: 1 });
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent.trim();
    if (text === '' || element.closest('title, noscript, script, option, [disabled]') || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const background = backgroundOf(element);
    let opacity = 1;
    for (let at = element; at !== null; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    const ink = rgba(element instanceof SVGElement ? style.fill : style.color);
    const contrast = ratio(over({ ...ink, a: ink.a * opacity }, background), background);
    const size = Number.parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (isLarge ? 3 : 4.5)) found.push(`${text}: ${contrast.toFixed(2)}`);
  }
  for (const field of document.querySelectorAll('[placeholder]')) {
    if (field.value !== '' || !field.checkVisibility()) continue;
    const { color, opacity } = getComputedStyle(field, '::placeholder');
    const background = backgroundOf(field);
    const ink = rgba(color);
    const contrast = ratio(over({ ...ink, a: ink.a * Number(opacity) }, background), background);
    if (contrast < 4.5) found.push(`placeholder ${field.placeholder}: ${contrast.toFixed(2)}`);
  }
  for (const mark of document.querySelectorAll('.hs-taken .hs-line, .hs-lit .hs-box, .hs-lit .hs-ring')) {
    const background = backgroundOf(mark.ownerSVGElement.parentElement);
    const contrast = ratio(over(rgba(getComputedStyle(mark).stroke), background), background);
    if (contrast < 3) found.push(`${mark.parentElement.getAttribute('class')}: ${contrast.toFixed(2)}`);
  }
  return found;
})();
