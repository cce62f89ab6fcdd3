/** What the page knows of the server: its model, its galleries, the chosen one. */

import { api } from './api.js';

/** The name of the gallery that is made when there is none yet. */
const FIRST = 'things';

class Store extends EventTarget {
  model = null;
  galleries = [];
  /** The name of the chosen gallery; it may not exist yet. */
  chosen = FIRST;

  /** The chosen gallery, or null before it is made. */
  get gallery() {
    return this.galleries.find((each) => each.name === this.chosen) ?? null;
  }

  /** How many labels are known in it. */
  get labels() {
    return this.gallery?.labels ?? 0;
  }

  /** Asks the server for everything; `wanted` is chosen if it is there. */
  async load(wanted = this.chosen) {
    [this.model, this.galleries] = await Promise.all([api.model(), api.galleries()]);
    const names = this.galleries.map((each) => each.name);
    this.chosen = [wanted, this.chosen, ...names].find((each) => names.includes(each)) ?? FIRST;
    this.tell('gallery');
  }

  choose(name) {
    this.chosen = name;
    this.tell('gallery');
  }

  async create(name) {
    const made = await api.create(name);
    this.galleries = [...this.galleries, made].sort((a, b) => (a.name < b.name ? -1 : 1));
    this.choose(name);
  }

  async remove(name) {
    await api.remove(name);
    this.galleries = this.galleries.filter((each) => each.name !== name);
    this.choose(this.galleries[0]?.name ?? FIRST);
  }

  /** Adds a picture under a label, to a gallery that is made if need be; the new item. */
  async enrol(label, picture) {
    if (!this.gallery) await this.create(this.chosen);
    const item = await api.enrol(this.chosen, label, picture);
    return item;
  }

  /** Counts the chosen gallery again, after something in it was changed. */
  async recount() {
    const counted = await api.gallery(this.chosen);
    this.galleries = this.galleries.map((each) => (each.name === counted.name ? counted : each));
    this.tell('content');
  }

  /** `gallery`: another is chosen; `content`: the chosen one holds something else. */
  tell(what) {
    this.dispatchEvent(new Event(what));
  }
}

export const store = new Store();
