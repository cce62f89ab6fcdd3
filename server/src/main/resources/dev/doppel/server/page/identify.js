/** The first view: draw, name, draw again, and see at once what it is taken for. */

import { AnswerPanel } from './answer.js';
import { api } from './api.js';
import { button, count, el, named, say } from './dom.js';
import { troubleBox } from './notices.js';
import { Picture } from './picture.js';
import { fillWithSigns, signRow } from './starter.js';
import { store } from './store.js';
import { firstOf, thumbnail } from './thumbs.js';

/** A hand lifts the pen for about as long between two strokes of one sign. */
const PAUSE = 140;
/** As many known things are shown to choose from. */
const SHOWN = 12;

const NAME = 'Give it a name';
const NEW = 'Give it a name, and it will be known';

export class IdentifyView {
  /** @param step told how far a beginner has come: 0 draw, 1 name, 2 draw again, 3 done */
  constructor(place, step) {
    this.step = step;
    this.asked = 0;
    this.abort = null;
    this.clock = null;
    this.taught = false;
    this.recognised = false;
    this.picture = new Picture({ name: 'Sheet to draw on', hint: 'Draw here', changed: () => this.changed() });
    this.answer = new AnswerPanel();
    this.rest = el('div', { class: 'rest' });
    this.wrong = el('div');
    this.buildForm();
    this.whole = el('div', { class: 'identify' },
        this.picture.element,
        el('div', { class: 'told' }, this.wrong, this.answer.element, this.rest),
        this.form);
    place.append(this.whole);
    store.addEventListener('gallery', () => this.reset());
    store.addEventListener('content', () => this.contentChanged());
  }

  buildForm() {
    this.asking = el('label', { for: 'name' }, NAME);
    this.known = el('datalist', { id: 'known' });
    this.name = el('input', {
      id: 'name', list: 'known', maxlength: 256, autocomplete: 'off', spellcheck: 'false',
      placeholder: 'for example: hook', on: { input: () => this.nameTyped() },
    });
    this.submit = el('button', { class: 'primary' }, 'Remember');
    this.another = button('', () => this.enrol(this.offered), { kind: 'offer', hidden: true });
    this.done = el('div', { class: 'outcome' });
    this.form = el('form', {
      class: 'enrol',
      on: {
        submit: (event) => {
          event.preventDefault();
          this.enrol(this.name.value.trim());
        },
      },
    },
    this.asking,
    el('div', { class: 'row' }, this.name, this.submit),
    this.another, this.known, this.done);
  }

  /** Another gallery: nothing on the sheet, nothing answered. */
  reset() {
    this.stop();
    this.picture.clear();
    this.name.value = '';
    this.done.replaceChildren();
    this.wrong.replaceChildren();
    this.taught = false;
    this.contentChanged();
  }

  async contentChanged() {
    this.answer.hide();
    this.offer(null);
    await this.showRest();
    if (!this.picture.empty) this.changed();
    else this.tellStep();
  }

  /** There is another picture, or none: the answer to the former one no longer counts. */
  changed() {
    this.stop();
    this.wrong.replaceChildren();
    if (!this.picture.empty) this.done.replaceChildren();
    this.tellStep();
    if (this.picture.empty) {
      this.answer.hide();
      this.offer(null);
      this.asking.textContent = NAME;
      this.rest.hidden = false;
    } else if (store.labels > 0) {
      this.answer.await();
      this.clock = setTimeout(() => this.ask(), PAUSE);
    }
  }

  stop() {
    clearTimeout(this.clock);
    this.abort?.abort();
    this.asked++;
  }

  async ask() {
    const mine = ++this.asked;
    this.abort = new AbortController();
    try {
      const answer = await api.identify(store.chosen, await this.picture.blob(), this.abort.signal);
      if (mine !== this.asked) return;
      this.rest.hidden = true;
      this.answer.show(answer);
      this.offer(answer.decision === 'unknown' ? null : answer.label);
      this.asking.textContent = answer.decision === 'unknown' ? NEW : NAME;
      this.tellStep(answer.decision === 'known');
    } catch (trouble) {
      if (mine !== this.asked || trouble.name === 'AbortError') return;
      this.answer.hide();
      this.wrong.replaceChildren(troubleBox(trouble));
    }
  }

  /** Offers to add the picture to the label it is taken for. */
  offer(label) {
    this.offered = label;
    this.another.hidden = label === null;
    this.another.replaceChildren('Add as another example of ', named(label ?? ''));
  }

  nameTyped() {
    const typed = this.name.value.trim();
    const is = [...this.known.children].some((each) => each.value === typed);
    this.submit.textContent = is ? 'Add example' : 'Remember';
  }

  async enrol(label) {
    if (this.picture.empty) {
      this.refuse('Draw something on the sheet first, or choose a picture.', this.picture.pad.canvas);
      return;
    }
    if (!label) {
      this.refuse('Give it a name first.', this.name);
      return;
    }
    this.submit.disabled = true;
    this.another.disabled = true;
    try {
      const item = await store.enrol(label, await this.picture.blob());
      this.picture.clear();
      this.name.value = '';
      this.taught = true;
      this.told(label, item.id);
      await store.recount();
      this.nameTyped();
    } catch (trouble) {
      this.done.replaceChildren(troubleBox(trouble));
    } finally {
      this.submit.disabled = false;
      this.another.disabled = false;
    }
  }

  refuse(words, where) {
    this.done.replaceChildren(el('p', { class: 'notice', role: 'alert' }, words));
    where.focus();
  }

  told(label, id) {
    const back = button('Take it back', async () => {
      try {
        await api.forgetItem(store.chosen, id);
        this.done.replaceChildren();
        say('Taken back');
        await store.recount();
      } catch (trouble) {
        this.done.replaceChildren(troubleBox(trouble));
      }
    }, { kind: 'link' });
    this.done.replaceChildren(el('p', { class: 'notice good', role: 'status' },
        'Remembered ', named(label), '. Now draw it again. ', back));
  }

  tellStep(recognised = false) {
    this.whole.classList.toggle('drawn', !this.picture.empty);
    this.recognised ||= recognised;
    if (this.recognised) this.step(3);
    else if (this.taught) this.step(2);
    else this.step(this.picture.empty ? 0 : 1);
  }

  /** What stands where the answer will be. */
  async showRest() {
    this.rest.hidden = false;
    if (store.labels === 0) {
      this.known.replaceChildren();
      this.rest.replaceChildren(...this.emptyState());
      return;
    }
    const gallery = store.chosen;
    try {
      const { labels } = await api.labels(gallery, null, 200);
      if (gallery !== store.chosen) return;
      this.known.replaceChildren(...labels.map(({ label }) => el('option', { value: label })));
      this.rest.replaceChildren(...this.readyState(labels));
    } catch (trouble) {
      this.rest.replaceChildren(troubleBox(trouble));
    }
  }

  emptyState() {
    const fill = button('Fill with a few sample signs', async () => {
      fill.disabled = true;
      try {
        await fillWithSigns((done, all) => { fill.textContent = `Enrolling ${done} of ${all}…`; });
        say('The sample signs are enrolled');
      } catch (trouble) {
        this.rest.append(troubleBox(trouble));
        fill.disabled = false;
        fill.textContent = 'Go on filling';
      }
    });
    return [
      el('h2', {}, 'Nothing is known yet'),
      el('p', {}, 'Draw any sign on the sheet and give it a name. One example is enough: draw it once'
          + ' more, and it will be known.'),
      el('div', { class: 'starter' }, signRow(), el('p', {}, 'Or begin with a dozen invented signs, each drawn once:'), fill),
    ];
  }

  readyState(labels) {
    const some = labels.slice(0, SHOWN);
    return [
      el('h2', {}, `${count(store.labels, 'thing')} ${store.labels === 1 ? 'is' : 'are'} known`),
      el('p', {}, 'Draw one of them, or something else: the answer comes as you draw.'),
      el('ul', { class: 'knowns' }, ...some.map(({ label }) => el('li', {},
          thumbnail(store.chosen, () => firstOf(store.chosen, label)), named(label)))),
      labels.length > SHOWN ? el('p', { class: 'fine' }, 'All of them are under Gallery.') : '',
    ];
  }
}
