/** Pictures of enrolled items, each fetched once, since a key cannot ride on an `<img>`'s address. */

import { api } from './api.js';
import { el } from './dom.js';
import { store } from './store.js';

/** As many are kept; older ones are let go of, and fetched again when needed. */
const KEPT = 500;

const kept = new Map();

/** The address of an item's picture within this page, or null if none was kept. */
export function pictureOf(gallery, id) {
  const name = `${gallery}/${id}`;
  const known = kept.get(name);
  if (known) {
    kept.delete(name); // to the end: the youngest
    kept.set(name, known);
    return known;
  }
  const fetched = fetchPicture(gallery, id);
  kept.set(name, fetched);
  fetched.catch(() => kept.delete(name)); // to be tried again
  if (kept.size > KEPT) release(kept.keys().next().value);
  return fetched;
}

async function fetchPicture(gallery, id) {
  const { originals, items } = store.galleries.find((each) => each.name === gallery) ?? {};
  if (originals === 0) return null;
  if (originals < items && !(await api.item(gallery, id)).hasOriginal) return null;
  return URL.createObjectURL(await api.image(gallery, id));
}

/** The id of a label's first example, or null if it has none. */
export async function firstOf(gallery, label) {
  const { items } = await api.items(gallery, label, null, 1);
  return items.length > 0 ? items[0].id : null;
}

/** Lets go of what was fetched of a gallery. */
export function releaseAll(gallery) {
  for (const name of [...kept.keys()]) {
    if (name.startsWith(`${gallery}/`)) release(name);
  }
}

function release(name) {
  kept.get(name).then((url) => url && URL.revokeObjectURL(url), () => {});
  kept.delete(name);
}

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    target.load();
  }
}, { rootMargin: '200px' });

/**
 * A small picture of an item, fetched when it comes into view.
 *
 * @param find gives the item's id, or null if there is none
 */
export function thumbnail(gallery, find, alt = '') {
  const image = el('img', { alt, class: 'pending', width: 105, height: 105, decoding: 'async' });
  const frame = el('span', { class: 'thumb' }, image);
  frame.load = async () => {
    try {
      const id = await find();
      const url = id === null ? null : await pictureOf(gallery, id);
      if (url) {
        image.src = url;
        image.classList.remove('pending');
        return;
      }
    } catch {
      // the list around it tells what is wrong; a picture less is no failure of its own
    }
    frame.classList.add('none');
    image.remove();
    if (alt) frame.append(el('span', { class: 'unseen' }, alt));
  };
  seen.observe(frame);
  return frame;
}
