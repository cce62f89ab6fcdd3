/** Makes elements. Whatever text is given goes in as text, never as markup. */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element.
 *
 * @param tag its name
 * @param given attributes; `class`, `on…` listeners by event name in `on`, properties in `is`
 * @param inside elements and texts; null and false are left out
 */
export function el(tag, given = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    } else if (name === 'is') {
      Object.assign(made, value);
    } else if (value === true) {
      made.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, value);
    }
  }
  made.append(...inside.filter((each) => each !== null && each !== undefined && each !== false));
  return made;
}

/** A button with words, and perhaps an icon before them. */
export function button(words, click, { kind = '', icon: shape = null, ...given } = {}) {
  return el('button', { type: 'button', class: kind, on: { click }, ...given },
      shape && icon(shape), words);
}

/** Somebody's label: kept apart from the direction of the text around it. */
export function named(label) {
  return el('bdi', { class: 'label' }, label);
}

const PATHS = {
  undo: ['M9 14 4 9l5-5', 'M4 9h10a6 6 0 0 1 0 12h-3'],
  clear: ['M5 7h14', 'M10 7V4h4v3', 'M7 7l1 13h8l1-13'],
  picture: ['M4 5h16v14H4z', 'm4 16 5-5 4 4 3-3 4 4', 'M15.5 9h.01'],
  camera: ['M4 8h3l2-3h6l2 3h3v11H4z', 'M12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z'],
  plus: ['M12 5v14', 'M5 12h14'],
  minus: ['M5 12h14'],
  whole: ['M4 9V4h5', 'M20 9V4h-5', 'M4 15v5h5', 'M20 15v5h-5'],
  known: ['M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19z', 'm7.5 12.3 3.2 3.2 5.8-6.5'],
  unsure: ['M12 1.8 22.2 12 12 22.2 1.8 12z', 'M9.8 9.8a2.3 2.3 0 1 1 3.3 2c-.8.4-1.1.9-1.1 1.7', 'M12 16.2v.1'],
  unknown: ['M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19z', 'M8 12h8'],
};

/** A line drawing of 24 × 24 that says nothing the words beside it do not. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon icon-${name}`);
  for (const d of PATHS[name]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** Says something to whoever does not see the page. */
export function say(words) {
  document.getElementById('said').textContent = words;
}

/** A share as a person says it; never a certainty. */
export function percent(share) {
  if (share >= 0.995) return 'over 99 %';
  return share < 0.005 ? 'under 1 %' : `${Math.round(100 * share)} %`;
}

/** A number of things: `count(2, 'example')` is "2 examples". */
export function count(number, thing) {
  return `${number.toLocaleString('en')} ${thing}${number === 1 ? '' : 's'}`;
}

/** A score as it is compared. */
export function figure(score) {
  return Number.isFinite(score) ? score.toFixed(2).replace('-', '−') : String(score);
}
