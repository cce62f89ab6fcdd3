/** Choosing among galleries, and making one. */

import { ask } from './dialogs.js';
import { el } from './dom.js';
import { store } from './store.js';

/** Fills the chooser and keeps it so. */
export function chooser(select) {
  select.addEventListener('change', () => store.choose(select.value));
  store.addEventListener('gallery', () => {
    const names = store.galleries.map((each) => each.name);
    if (!names.includes(store.chosen)) names.push(store.chosen);
    select.replaceChildren(...names.map((name) => el('option', { value: name }, name)));
    select.value = store.chosen;
  });
}

/** Asks for a name and makes a gallery of it. */
export function askNewGallery() {
  return ask('A new gallery', 'A gallery holds things that are told apart from each other.', 'Its name', {
    pattern: '[a-z0-9][a-z0-9_\\-]{0,63}',
    title: 'Small letters a to z, digits, - and _',
    maxlength: 64,
    placeholder: 'small letters, digits, - and _',
    autocapitalize: 'none',
    spellcheck: 'false',
  }, 'Make it', async (name) => {
    await store.create(name);
    return name;
  });
}
