/** A window about one label: its examples, another name, merging, forgetting. */

import { api } from './api.js';
import { confirm, open } from './dialogs.js';
import { button, count, el, say } from './dom.js';
import { troubleBox } from './notices.js';
import { thumbnail } from './thumbs.js';

/**
 * Opens the window.
 *
 * @returns whether anything was changed
 */
export async function openLabel(gallery, label, items) {
  const view = new LabelWindow(gallery, label, items);
  await open(label, (close) => {
    view.close = close;
    return view.parts();
  }, 'wide');
  return view.changed;
}

class LabelWindow {
  constructor(gallery, label, items) {
    this.gallery = gallery;
    this.label = label;
    this.left = items;
    this.changed = false;
    this.close = () => {};
    this.wrong = el('div');
    this.tally = el('p', { class: 'fine' });
    this.examples = el('ul', { class: 'examples' });
    this.more = button('Show more', () => this.load(), { hidden: true });
    this.after = null;
  }

  parts() {
    this.load();
    return [
      this.tally, this.examples, this.more, this.wrong,
      this.oneField('Another name', { name: 'rename', value: this.label }, 'Rename', (to) => this.rename(to)),
      this.oneField('Add its examples to another label', { name: 'merge', list: 'known' }, 'Merge', (into) => this.merge(into)),
      el('div', { class: 'row end' },
          button('Forget this label…', () => this.forgetAll(), { kind: 'danger' }),
          button('Close', () => this.close(null), { autofocus: true })),
    ];
  }

  oneField(words, given, doing, act) {
    const input = el('input', { maxlength: 256, autocomplete: 'off', required: true, ...given });
    return el('form', {
      class: 'onefield',
      on: {
        submit: (event) => {
          event.preventDefault();
          this.attempt(() => act(input.value.trim()));
        },
      },
    }, el('label', { class: 'stacked' }, words, input), el('button', {}, doing));
  }

  async load() {
    await this.attempt(async () => {
      const { items, next } = await api.items(this.gallery, this.label, this.after, 60);
      this.after = next;
      this.more.hidden = next === null;
      this.examples.append(...items.map((item) => this.example(item)));
      this.count();
    });
  }

  count() {
    this.tally.textContent = count(this.left, 'example');
  }

  example({ id, enrolled, hasOriginal }) {
    const when = new Date(enrolled);
    const date = Number.isNaN(when.getTime()) ? '' : when.toLocaleDateString();
    const entry = el('li', {},
        thumbnail(this.gallery, () => (hasOriginal ? id : null), `Example ${id}`),
        el('span', { class: 'fine' }, date),
        button('Forget', () => this.forgetOne(id, entry), { kind: 'link', 'aria-label': `Forget example ${id}` }));
    return entry;
  }

  async rename(to) {
    if (to === this.label) return;
    await api.rename(this.gallery, this.label, to);
    this.finish(`Renamed to ${to}`);
  }

  async merge(into) {
    await api.merge(this.gallery, this.label, into);
    this.finish(`Merged into ${into}`);
  }

  async forgetOne(id, entry) {
    const last = this.left === 1;
    const sure = await confirm('Forget this example?',
        'Its picture and what was learned from it are erased for good.'
        + (last ? ` It is the only one: “${this.label}” will be unknown.` : ''),
        'Forget it', 'Keep it');
    if (!sure) return;
    await this.attempt(async () => {
      await api.forgetItem(this.gallery, id);
      this.changed = true;
      if (last) {
        this.finish(`Forgotten ${this.label}`);
        return;
      }
      entry.remove();
      this.left--;
      this.count();
      say('Forgotten');
    });
  }

  async forgetAll() {
    const sure = await confirm(`Forget “${this.label}”?`,
        this.left === 1 ? 'Its only example is erased for good, picture and all.'
            : `Its ${count(this.left, 'example')} are erased for good, pictures and all.`,
        'Forget it', 'Keep it');
    if (!sure) return;
    await this.attempt(async () => {
      await api.forget(this.gallery, this.label);
      this.finish(`Forgotten ${this.label}`);
    });
  }

  finish(words) {
    this.changed = true;
    say(words);
    this.close(true);
  }

  async attempt(act) {
    this.wrong.replaceChildren();
    try {
      await act();
    } catch (trouble) {
      this.wrong.replaceChildren(troubleBox(trouble));
    }
  }
}
