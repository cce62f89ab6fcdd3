// Texts that stand out too little from what is behind them (WCAG 2.2, 1.4.3), as "ratio: text".
const parts = (colour) => {
  const found = colour.match(/[\d.]+/g).map(Number);
  const unit = colour.startsWith('color(') ? 255 : 1;
  return { rgb: found.slice(0, 3).map((each) => each * unit), alpha: found[3] ?? 1 };
};
const over = (front, back) => front.rgb.map((each, i) => each * front.alpha + back[i] * (1 - front.alpha));
const behind = (element) => {
  if (!element) return [255, 255, 255];
  const colour = parts(getComputedStyle(element).backgroundColor);
  return colour.alpha === 1 ? colour.rgb : over(colour, behind(element.parentElement));
};
const luminance = (rgb) => {
  const [r, g, b] = rgb.map((each) => {
    const share = each / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const weak = [];
let looked = 0;
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  if (!texts.currentNode.textContent.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
  if (element.closest('.unseen, .skip, button:disabled, noscript, option, script')) continue;
  const style = getComputedStyle(element);
  const back = element.closest('.sheet') ? [255, 255, 255] : behind(element);
  const [dark, light] = [luminance(over(parts(style.color), back)), luminance(back)].sort((a, b) => a - b);
  const ratio = (light + 0.05) / (dark + 0.05);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  looked++;
  if (ratio < (large ? 3 : 4.5)) weak.push(`${ratio.toFixed(2)}: ${element.textContent.trim()}`);
  if (size < 12) weak.push(`${size} px: ${element.textContent.trim()}`);
}
if (looked < 10) weak.push(`only ${looked} texts found`);
return weak;
