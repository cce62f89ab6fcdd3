/** The fourth view: all examples on a plane, those that look alike close together. */

import { api } from './api.js';
import { button, count, el, icon, named, percent } from './dom.js';
import { MapCanvas } from './mapcanvas.js';
import { troubleBox } from './notices.js';
import { store } from './store.js';
import { thumbnail } from './thumbs.js';

/** As many labels are named as the closest. */
const CLOSE = 4;

export class MapView {
  constructor(place) {
    this.stale = true;
    this.visible = false;
    this.canvas = new MapCanvas((label, point) => this.describe(label, point));
    this.lead = el('p', { class: 'fine' });
    this.wrong = el('div');
    this.card = el('div', { class: 'about', role: 'status', 'aria-live': 'polite' });
    this.list = el('ul', { class: 'names' });
    const tool = (words, name, act) =>
      el('button', { type: 'button', class: 'tool', 'aria-label': words, title: words, on: { click: act } }, icon(name));
    this.whole = el('div', { class: 'mapped' },
        el('div', { class: 'plane' }, this.canvas.element,
            el('div', { class: 'zoom' },
                tool('Closer', 'plus', () => this.canvas.zoom(1.5)),
                tool('Farther', 'minus', () => this.canvas.zoom(1 / 1.5)),
                tool('Show all', 'whole', () => this.canvas.reset()))),
        el('aside', { 'aria-label': 'What is on the map' }, this.card,
            el('h3', { class: 'small' }, 'Labels on the map'), this.list));
    this.rest = el('div', { class: 'rest', hidden: true },
        el('h2', {}, 'Nothing to show yet'),
        el('p', {}, 'The map begins with two enrolled things; with a dozen it starts to tell something.'));
    place.append(el('div', { class: 'heading' }, el('div', {}, el('h2', {}, 'What looks alike lies together'), this.lead)),
        this.wrong, this.rest, this.whole);
    for (const what of ['gallery', 'content']) {
      store.addEventListener(what, () => {
        this.stale = true;
        if (this.visible) this.load();
      });
    }
  }

  shown(is) {
    this.visible = is;
    if (is && this.stale) this.load();
  }

  async load() {
    this.stale = false;
    this.wrong.replaceChildren();
    const gallery = store.chosen;
    const few = (store.gallery?.items ?? 0) < 2;
    this.rest.hidden = !few;
    this.whole.hidden = few;
    this.lead.textContent = '';
    if (few) return;
    try {
      const { points, explained } = await api.map(gallery);
      if (gallery !== store.chosen) return;
      const all = store.gallery.items;
      this.lead.textContent = `${points.length < all ? `The first ${points.length.toLocaleString('en')} of ` : ''}`
          + `${count(all, 'example')}. These two directions hold ${percent(explained)} of all the differences, `
          + 'so what lies apart differs, and what lies together may still differ.';
      this.points = points;
      this.canvas.show(gallery, points);
      this.listLabels(gallery);
      this.describe(null);
    } catch (trouble) {
      this.whole.hidden = true;
      this.wrong.replaceChildren(troubleBox(trouble));
    }
  }

  listLabels(gallery) {
    const first = new Map();
    for (const point of this.points) if (!first.has(point.label)) first.set(point.label, point);
    this.list.replaceChildren(...[...first.values()]
        .sort((a, b) => a.label.localeCompare(b.label))
        .map((point) => el('li', {}, el('button', {
          type: 'button',
          on: {
            click: () => this.canvas.goTo(point.label),
            focus: () => this.canvas.choose(point.label),
          },
        }, thumbnail(gallery, () => point.id), named(point.label)))));
  }

  /** Tells of the label that is chosen or pointed at. */
  describe(label, point = this.points.find((each) => each.label === label)) {
    if (!point) {
      this.card.replaceChildren(el('p', { class: 'fine' },
          'Point at something, or choose a label below. Drag to move the map; the wheel with Ctrl, or two fingers, zoom.'));
      return;
    }
    const examples = this.points.filter((each) => each.label === label);
    const nearest = new Map();
    for (const each of this.points) {
      if (each.label === label) continue;
      const distance = Math.hypot(each.x - point.x, each.y - point.y);
      if (!(nearest.get(each.label) <= distance)) nearest.set(each.label, distance);
    }
    const closest = [...nearest].sort((a, b) => a[1] - b[1]).slice(0, CLOSE).map(([name]) => name);
    this.card.replaceChildren(
        thumbnail(store.chosen, () => point.id),
        el('div', {},
            el('p', { class: 'name' }, named(label)),
            el('p', { class: 'fine' }, count(examples.length, 'example')),
            closest.length > 0 && el('p', { class: 'fine' }, 'Closest here: ',
                ...closest.flatMap((name, i) => [i ? ', ' : '', named(name)]))));
  }
}
