/** Signs to begin with, so that an empty gallery is no dead end. */

import { el } from './dom.js';
import { png, sheet } from './ink.js';
import { SIGNS, strokesOf } from './signs.js';
import { store } from './store.js';

/** The signs in a row, to look at. */
export function signRow() {
  return el('div', { class: 'signs', 'aria-hidden': 'true' },
      ...Object.keys(SIGNS).map((sign) => sheet(strokesOf(sign), 96)));
}

/**
 * Enrols one example of each sign, in the way everything is enrolled.
 *
 * @param told given how many are done, of how many
 */
export async function fillWithSigns(told) {
  const signs = Object.keys(SIGNS);
  try {
    for (const [done, sign] of signs.entries()) {
      told(done + 1, signs.length);
      await store.enrol(sign, await png(strokesOf(sign)));
    }
  } finally {
    await store.recount();
  }
}
