/** What was recognised, in words, colour and shape, with the closest labels below. */

import { count, el, figure, icon, named, percent } from './dom.js';
import { bar, scaleOf } from './scale.js';
import { store } from './store.js';
import { thumbnail } from './thumbs.js';

const WORDS = { known: 'Known', unsure: 'Unsure, perhaps', unknown: 'Unknown' };

function reason({ decision, score, threshold, probability }) {
  const likely = `${percent(probability)} likely`;
  if (decision === 'unknown') return 'Nothing enrolled looks like this.';
  if (decision === 'known') return likely;
  return score < threshold ? `${likely}, but short of the mark` : `${likely}: another is close, too`;
}

export class AnswerPanel {
  constructor() {
    this.seal = el('span', { class: 'seal' });
    this.word = el('span', { class: 'word' });
    this.name = el('span', { class: 'name' });
    this.how = el('span', { class: 'how' });
    this.example = el('div');
    this.verdict = el('div', { class: 'verdict' },
        this.seal,
        el('p', { role: 'status', 'aria-live': 'polite', 'aria-atomic': 'true' }, this.word, ' ', this.name, ' ', this.how),
        this.example);
    this.ranked = el('ol', { class: 'ranked' });
    this.key = el('p', { class: 'fine key' });
    this.time = el('p', { class: 'fine time' });
    this.element = el('div', { class: 'answer', hidden: true },
        this.verdict, el('h2', { class: 'small' }, 'The closest'), this.ranked, this.key, this.time);
  }

  /** Dims what is shown while the next answer is awaited. */
  await() {
    this.element.setAttribute('aria-busy', 'true');
  }

  hide() {
    this.element.hidden = true;
    this.element.removeAttribute('aria-busy');
    for (const each of [this.word, this.name, this.how]) each.textContent = '';
  }

  show(answer) {
    const { decision, label, ranked, threshold } = answer;
    this.element.hidden = false;
    this.element.removeAttribute('aria-busy');
    this.element.dataset.decision = decision;
    this.seal.replaceChildren(icon(decision));
    this.word.textContent = WORDS[decision];
    this.name.replaceChildren(...(decision === 'unknown' ? [] : [named(label)]));
    this.how.textContent = reason(answer);
    this.example.replaceChildren(...(decision === 'unknown' ? [] : [thumbnail(store.chosen, () => ranked[0].nearest)]));
    const place = scaleOf(store.model.head, [threshold, ...ranked.map((each) => each.score)]);
    this.ranked.replaceChildren(...ranked.map((each) => row(each, threshold, place)));
    this.key.textContent = `Bars show how alike they are; from the mark (${figure(threshold)}) on, `
        + `one of ${count(answer.labels, 'label')} counts as known.`;
    this.time.textContent = `${milliseconds(answer.milliseconds)} · `
        + `${answer.exact ? 'every label compared' : 'approximate search'}`;
  }
}

function milliseconds(time) {
  return time < 10 ? `${time.toFixed(1)} ms` : `${Math.round(time)} ms`;
}

function row({ label, score, probability, items, nearest }, threshold, place) {
  return el('li', {},
      thumbnail(store.chosen, () => nearest, 'Its closest example'),
      el('div', { class: 'who' }, named(label), el('span', { class: 'fine' }, count(items, 'example'))),
      el('div', { class: 'much' }, bar(place, score, threshold),
          el('span', { class: 'fine' }, `score ${figure(score)}`)),
      el('span', { class: 'likely' }, percent(probability)));
}
