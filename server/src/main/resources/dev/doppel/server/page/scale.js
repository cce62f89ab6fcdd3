/** A line on which scores lie, with the threshold marked. */

import { el } from './dom.js';

/**
 * Where scores lie, in per cent of the line.
 *
 * @param head the model's; cosines have ends of their own, other scores get those that are given
 * @param scores all that must find a place
 */
export function scaleOf(head, scores) {
  const finite = scores.filter(Number.isFinite);
  let low = Math.min(...finite);
  let high = Math.max(...finite);
  const margin = (high - low || 1) / 8;
  if (head === 'cosine') {
    low = Math.min(0, low);
    high = Math.max(1, high);
  } else {
    low -= margin;
    high += margin;
  }
  return (score) => Math.min(100, Math.max(0, (100 * (score - low)) / (high - low)));
}

/** The line: filled up to the score, a mark at the threshold. Texts beside it say the same. */
export function bar(place, score, threshold) {
  const value = el('span', { class: 'value' });
  const mark = el('span', { class: 'mark' });
  value.style.setProperty('inline-size', `${place(score)}%`);
  mark.style.setProperty('inset-inline-start', `${place(threshold)}%`);
  return el('span', { class: score >= threshold ? 'bar reached' : 'bar', 'aria-hidden': 'true' }, value, mark);
}
