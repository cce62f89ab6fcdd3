/** The third view: what is known, and changing it. */

import { askNewGallery } from './galleries.js';
import { ask } from './dialogs.js';
import { button, count, el, named, say } from './dom.js';
import { openLabel } from './label.js';
import { Labels } from './labels.js';
import { troubleBox } from './notices.js';
import { fillWithSigns } from './starter.js';
import { store } from './store.js';
import { firstOf, releaseAll, thumbnail } from './thumbs.js';

const PAGE = 48;
const PAUSE = 150;

export class GalleryView {
  constructor(place) {
    this.page = 0;
    this.found = [];
    this.labels = null;
    this.stale = true;
    this.visible = false;
    this.focusOn = null;
    this.title = el('h2', {});
    this.stats = el('p', { class: 'fine' });
    this.search = el('input', {
      type: 'search', id: 'search', placeholder: 'Search labels', autocomplete: 'off', spellcheck: 'false',
      on: { input: () => this.typed() },
    });
    this.tally = el('p', { class: 'fine', role: 'status' });
    this.cards = el('ul', { class: 'cards' });
    this.before = button('Previous', () => this.turn(-1));
    this.after = button('Next', () => this.turn(1));
    this.turns = el('nav', { class: 'row turns', 'aria-label': 'Pages of labels' }, this.before, this.after);
    this.wrong = el('div');
    this.tools = el('div', { class: 'finder' },
        el('label', { for: 'search', class: 'unseen' }, 'Search labels'), this.search, this.tally);
    this.rest = el('div', { class: 'rest' });
    this.remove = button('Delete this gallery…', () => this.removeGallery(), { kind: 'link' });
    place.append(
        el('div', { class: 'heading' }, el('div', {}, this.title, this.stats),
            el('div', { class: 'row' }, button('New gallery…', askNewGallery), this.remove)),
        this.tools, this.wrong, this.rest, this.cards, this.turns);
    store.addEventListener('gallery', () => this.changed(true));
    store.addEventListener('content', () => this.changed(false));
  }

  shown(is) {
    this.visible = is;
    if (is && this.stale) this.load();
  }

  changed(other) {
    this.stale = true;
    if (other) {
      this.page = 0;
      this.search.value = '';
    }
    if (this.visible) this.load();
  }

  async load() {
    this.stale = false;
    this.wrong.replaceChildren();
    const { gallery } = store;
    this.title.textContent = store.chosen;
    this.remove.hidden = !gallery;
    this.stats.textContent = gallery ? sizes(gallery) : 'It is made when the first thing is enrolled.';
    const empty = store.labels === 0;
    this.tools.hidden = empty;
    this.rest.hidden = !empty;
    if (empty) {
      this.found = [];
      this.rest.replaceChildren(...this.emptyState());
      this.paint();
      return;
    }
    try {
      const labels = await new Labels(store.chosen).load();
      if (labels.gallery !== store.chosen) return;
      this.labels = labels;
      await this.find();
    } catch (trouble) {
      this.wrong.replaceChildren(troubleBox(trouble));
    }
  }

  emptyState() {
    const fill = button('Fill with a few sample signs', async () => {
      fill.disabled = true;
      try {
        await fillWithSigns(() => {});
      } catch (trouble) {
        fill.disabled = false;
        this.wrong.replaceChildren(troubleBox(trouble));
      }
    });
    return [
      el('h2', {}, 'Nothing is enrolled here yet'),
      el('p', {}, 'Draw something under Identify and give it a name.'),
      fill,
    ];
  }

  typed() {
    clearTimeout(this.clock);
    this.clock = setTimeout(() => {
      this.page = 0;
      this.find().catch((trouble) => this.wrong.replaceChildren(troubleBox(trouble)));
    }, PAUSE);
  }

  async find() {
    const text = this.search.value.trim();
    const found = await this.labels.with(text);
    if (text !== this.search.value.trim()) return;
    this.found = found;
    this.paint();
  }

  turn(by) {
    this.page += by;
    this.paint();
    this.cards.querySelector('button')?.focus();
  }

  paint() {
    const pages = Math.max(1, Math.ceil(this.found.length / PAGE));
    this.page = Math.min(this.page, pages - 1);
    const from = this.page * PAGE;
    const gallery = store.chosen;
    const some = this.found.slice(from, from + PAGE);
    this.cards.replaceChildren(...some.map(({ label, items }) => el('li', {},
        el('button', { type: 'button', class: 'card', on: { click: () => this.openLabel(label, items) } },
            thumbnail(gallery, () => firstOf(gallery, label)),
            named(label),
            el('span', { class: 'fine' }, count(items, 'example'))))));
    if (this.focusOn !== null) {
      const cards = this.cards.querySelectorAll('button');
      (cards[Math.min(this.focusOn, cards.length - 1)] ?? this.search).focus();
      this.focusOn = null;
    }
    const all = `${this.found.length.toLocaleString('en')}${this.labels?.more && !this.search.value ? '+' : ''}`;
    this.tally.textContent = this.found.length === 0 ? 'No label holds this text.'
        : pages === 1 ? count(this.found.length, 'label')
            : `${(from + 1).toLocaleString('en')}–${(from + some.length).toLocaleString('en')} of ${all} labels`;
    this.turns.hidden = pages === 1;
    this.before.disabled = this.page === 0;
    this.after.disabled = this.page === pages - 1;
  }

  async openLabel(label, items) {
    const at = this.found.findIndex((each) => each.label === label);
    if (!(await openLabel(store.chosen, label, items))) return;
    this.focusOn = at - this.page * PAGE; // its card is painted anew, or gone
    try {
      await store.recount();
    } catch (trouble) {
      this.wrong.replaceChildren(troubleBox(trouble));
    }
  }

  async removeGallery() {
    const name = store.chosen;
    const gone = await ask(`Delete the gallery “${name}”?`,
        `All ${count(store.gallery.items, 'example')} of ${count(store.labels, 'label')} are erased for good. `
        + 'Type the gallery’s name to go on.',
        'Its name', { pattern: name, title: name }, 'Delete it', async () => {
          await store.remove(name);
          return true;
        }, 'danger');
    if (!gone) return;
    releaseAll(name);
    say(`The gallery ${name} is deleted`);
  }
}

function sizes({ labels, items, originals, fileBytes, memoryBytes, search }) {
  return [
    count(labels, 'label'),
    count(items, 'example'),
    originals === items ? null : `${count(originals, 'picture')} kept`,
    fileBytes > 0 ? `${bytes(fileBytes)} on disk` : 'in memory only',
    `${bytes(memoryBytes)} in memory`,
    `${search} search`,
  ].filter(Boolean).join(' · ');
}

function bytes(number) {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (number >= 1000 && unit < units.length - 1) {
    number /= 1000;
    unit++;
  }
  return `${number < 10 && unit > 0 ? number.toFixed(1) : Math.round(number)} ${units[unit]}`;
}
