/** The labels of a gallery, as many as a page can look through. */

import { api } from './api.js';

/** As many are loaded; of more, a search asks the server for those that begin alike. */
const LOADED = 5000;

export class Labels {
  constructor(gallery) {
    this.gallery = gallery;
    this.all = [];
    /** Whether there are more than were loaded. */
    this.more = false;
  }

  /** Loads them, in the order of their texts. */
  async load() {
    let after = null;
    do {
      const { labels, next } = await api.labels(this.gallery, after);
      this.all.push(...labels);
      after = next;
    } while (after !== null && this.all.length < LOADED);
    this.more = after !== null;
    return this;
  }

  /** Those that hold a text, upper or lower case; of a huge gallery also those that begin with it. */
  async with(text) {
    const wanted = text.toLocaleLowerCase();
    const found = this.all.filter(({ label }) => label.toLocaleLowerCase().includes(wanted));
    if (!text || !this.more) return found;
    const beyond = await api.labels(this.gallery, text, 200);
    const known = new Set(found.map(({ label }) => label));
    return [...found, ...beyond.labels.filter(({ label }) => label.startsWith(text) && !known.has(label))];
  }
}
