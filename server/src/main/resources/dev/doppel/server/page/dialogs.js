/** Windows over the page that ask one thing. The browser keeps the focus in them; Escape closes. */

import { button, el } from './dom.js';
import { troubleBox } from './notices.js';

/**
 * Opens a window.
 *
 * @param title its heading
 * @param fill given the window and `close(answer)`, returns what stands below the heading
 * @returns what it was closed with; null if it was left
 */
export function open(title, fill, kind = '') {
  return new Promise((resolve) => {
    let answer = null;
    const heading = el('h2', { id: `title-${++opened}` }, title);
    const dialog = el('dialog', { class: kind, 'aria-labelledby': heading.id });
    const close = (given) => {
      answer = given;
      dialog.close();
    };
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    dialog.append(heading, ...[fill(close, dialog)].flat());
    document.body.append(dialog);
    dialog.showModal();
  });
}

let opened = 0;

/** Asks whether to do something that cannot be undone. */
export function confirm(title, words, doing, leaving) {
  return open(title, (close) => [
    el('p', {}, words),
    el('div', { class: 'row end' },
        button(leaving, () => close(null), { autofocus: true }),
        button(doing, () => close(true), { kind: 'danger' })),
  ]);
}

/**
 * Asks for a text.
 *
 * @param attributes of the input
 * @param act given the text; the window stays open with what went wrong if it throws
 * @param kind of the button: `primary`, or `danger` for what cannot be undone
 */
export function ask(title, words, label, attributes, doing, act = async (text) => text, kind = 'primary') {
  return open(title, (close) => {
    const input = el('input', { autofocus: true, required: true, autocomplete: 'off', ...attributes });
    const wrong = el('div');
    return el('form', {
      on: {
        submit: async (event) => {
          event.preventDefault();
          try {
            close(await act(input.value.trim()));
          } catch (trouble) {
            wrong.replaceChildren(troubleBox(trouble));
          }
        },
      },
    },
    words && el('p', {}, words),
    el('label', { class: 'stacked' }, label, input),
    wrong,
    el('div', { class: 'row end' },
        button('Cancel', () => close(null)),
        el('button', { class: kind }, doing)));
  });
}

/** Asks for the server's key; '' for none. */
export async function askKey(wrong) {
  return (await ask(
      'This server asks for a key',
      wrong ? 'It does not take that key. Whoever runs the server gives keys out.'
          : 'Whoever runs it gives keys out. The key stays in this page’s memory until you reload or leave.',
      'Key', { type: 'password' }, 'Use this key')) ?? '';
}
