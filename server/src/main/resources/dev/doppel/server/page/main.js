/** Puts the page together. */

import { keysFrom } from './api.js';
import { askKey } from './dialogs.js';
import { button } from './dom.js';
import { chooser } from './galleries.js';
import { GalleryView } from './gallery.js';
import { IdentifyView } from './identify.js';
import { MapView } from './map.js';
import { announce, troubleBox } from './notices.js';
import { store } from './store.js';
import { tabs } from './tabs.js';
import { VerifyView } from './verify.js';

const at = (id) => document.getElementById(id);

/** The address after #: which panel, of which gallery. */
const address = {
  read: () => location.hash.slice(1).split('/').map(decodeURIComponent),
  write: (panel) => history.replaceState(null, '', `#${panel}/${encodeURIComponent(store.chosen)}`),
};

keysFrom(askKey);
announce(at('notices'), begin);

const steps = [...at('steps').children];
const views = {
  identify: new IdentifyView(at('identify'), (done) => steps.forEach((each, i) => {
    each.className = i < done ? 'done' : '';
    if (i === done) each.setAttribute('aria-current', 'step');
    else each.removeAttribute('aria-current');
  })),
  verify: new VerifyView(at('verify')),
  'gallery-panel': new GalleryView(at('gallery-panel')),
  map: new MapView(at('map')),
};
chooser(at('gallery'));

let panel = 'identify';
let loaded = false;
const show = tabs(document.querySelector('[role=tablist]'), (id, is) => {
  if (is) panel = id;
  if (id === 'identify') at('steps').hidden = !is;
  if (is && loaded) address.write(panel);
  if (loaded) views[id].shown?.(is);
});
const [wantedPanel = '', wantedGallery] = address.read();
show(wantedPanel);

store.addEventListener('gallery', () => {
  if (loaded) address.write(panel);
});

/** Loads all from the server; again when it was gone and is back. */
async function begin() {
  at('notices').querySelector('.trouble')?.remove();
  try {
    await store.load(loaded ? store.chosen : wantedGallery);
    loaded = true;
    describe(store.model);
    views[panel].shown?.(true);
  } catch (trouble) {
    if (trouble.code === 'gone') return; // tried again when it is back
    const box = troubleBox(trouble);
    box.lastElementChild.append(button('Try again', begin));
    at('notices').append(box);
  }
}

function describe({ name, dim, head, width, height, channels, synthetic }) {
  at('model').textContent = `Model ${name}: ${width} × ${height} ${channels === 1 ? 'grey' : 'colour'} pixels`
      + ` become ${dim} numbers, compared by ${head}.`
      + (synthetic ? ' It learned from invented characters: its probabilities say little about handwriting.' : '');
}

begin();
