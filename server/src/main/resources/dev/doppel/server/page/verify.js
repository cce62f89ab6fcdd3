/** The second view: two pictures, and whether they show the same thing. */

import { api } from './api.js';
import { el, figure, icon, percent } from './dom.js';
import { troubleBox } from './notices.js';
import { Picture } from './picture.js';
import { bar, scaleOf } from './scale.js';
import { store } from './store.js';

const PAUSE = 140;

export class VerifyView {
  constructor(place) {
    this.asked = 0;
    this.abort = null;
    this.clock = null;
    const changed = () => this.changed();
    this.first = new Picture({ name: 'First sheet', hint: 'Draw something', changed });
    this.second = new Picture({ name: 'Second sheet', hint: 'Draw it again', changed });
    this.seal = el('span', { class: 'seal' });
    this.word = el('span', { class: 'word big' });
    this.how = el('span', { class: 'how' });
    this.line = el('div', { class: 'line' });
    this.key = el('p', { class: 'fine key' });
    this.result = el('div', { class: 'answer', hidden: true },
        el('div', { class: 'verdict' }, this.seal,
            el('p', { role: 'status', 'aria-live': 'polite', 'aria-atomic': 'true' }, this.word, ' ', this.how)),
        this.line, this.key);
    this.rest = el('div', { class: 'rest' },
        el('h2', {}, 'The same, or not?'),
        el('p', {}, 'Put something on both sheets. Nothing is remembered, and no gallery is asked.'));
    this.wrong = el('div');
    place.append(el('div', { class: 'verify' },
        el('div', { class: 'two' }, this.first.element, this.second.element),
        el('div', { class: 'told' }, this.wrong, this.result, this.rest)));
  }

  changed() {
    clearTimeout(this.clock);
    this.abort?.abort();
    this.asked++;
    this.wrong.replaceChildren();
    const ready = !this.first.empty && !this.second.empty;
    this.rest.hidden = ready;
    if (ready) {
      this.result.setAttribute('aria-busy', 'true');
      this.clock = setTimeout(() => this.ask(), PAUSE);
    } else {
      this.result.hidden = true;
      this.word.textContent = '';
      this.how.textContent = '';
    }
  }

  async ask() {
    const mine = ++this.asked;
    this.abort = new AbortController();
    try {
      const pictures = await Promise.all([this.first, this.second].map(async (each) => base64(await each.blob())));
      const verdict = await api.verify(...pictures, this.abort.signal);
      if (mine === this.asked) this.show(verdict);
    } catch (trouble) {
      if (mine !== this.asked || trouble.name === 'AbortError') return;
      this.result.hidden = true;
      this.wrong.replaceChildren(troubleBox(trouble));
    }
  }

  show({ same, probability, score, threshold }) {
    const kind = same ? 'known' : 'unknown';
    this.result.hidden = false;
    this.result.removeAttribute('aria-busy');
    this.result.dataset.decision = kind;
    this.seal.replaceChildren(icon(kind));
    this.word.textContent = same ? 'The same' : 'Different';
    this.how.textContent = same ? `${percent(probability)} likely to show the same thing`
        : `${percent(1 - probability)} likely to show different things`;
    const place = scaleOf(store.model.head, [score, threshold]);
    this.line.replaceChildren(
        el('span', { class: 'fine' }, 'different'), bar(place, score, threshold), el('span', { class: 'fine' }, 'the same'));
    this.key.textContent = `Their score is ${figure(score)}; from the mark at ${figure(threshold)} on, two pictures count as the same.`;
  }
}

async function base64(blob) {
  const reader = new FileReader();
  await new Promise((resolve, reject) => {
    reader.onload = resolve;
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
  return reader.result.slice(reader.result.indexOf(',') + 1);
}
