/** A place for one picture: drawn, or a file that is chosen, dropped or pasted, or the camera's. */

import { takePicture } from './camera.js';
import { button, el, icon } from './dom.js';
import { Pad } from './pad.js';
import { inkOf, prepare } from './photo.js';
import { store } from './store.js';

/** The one that a pasted picture goes to. */
let current = null;

document.addEventListener('paste', (event) => {
  const file = [...event.clipboardData.files].find((each) => each.type.startsWith('image/'));
  if (!file || !current?.element.checkVisibility()) return;
  event.preventDefault();
  current.take(file);
});

// A picture dropped beside the sheet must not replace the page.
for (const kind of ['dragover', 'drop']) {
  document.addEventListener(kind, (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
}

export class Picture {
  /**
   * @param name what a screen reader calls it
   * @param hint what stands on the empty sheet
   * @param changed told when there is another picture, or none; not while one is drawn
   */
  constructor({ name, hint, changed }) {
    this.told = changed;
    this.prepared = null;
    this.taking = 0;
    this.url = null;
    this.pad = new Pad(name, () => this.changed(), () => this.begun());
    this.hint = el('p', { class: 'hint', 'aria-hidden': 'true' }, hint);
    this.shown = el('img', { class: 'shown', alt: 'The chosen picture', hidden: true });
    this.unshown = el('p', { class: 'unshown', hidden: true }, 'This browser cannot show the file; perhaps the server can read it.');
    this.undo = button('Undo', () => this.back(), { icon: 'undo', kind: 'tool', disabled: true });
    this.wipe = button('Clear', () => this.clear(true), { icon: 'clear', kind: 'tool', disabled: true });
    this.file = el('input', {
      type: 'file', class: 'unseen', id: `file-${++made}`,
      accept: 'image/png,image/jpeg,image/gif,image/bmp,image/webp,.pgm',
      on: { change: () => this.take(this.file.files[0]) },
    });
    this.onlyInk = el('input', { type: 'checkbox', on: { change: () => this.choose() } });
    this.paper = el('label', { class: 'check', hidden: true }, this.onlyInk, 'Only the ink, without the paper');
    this.sheet = el('div', { class: 'sheet' }, this.pad.canvas, this.shown, this.unshown, this.hint);
    this.element = el('div', { class: 'picture', role: 'group', 'aria-label': name },
        this.sheet,
        el('div', { class: 'tools' },
            this.undo, this.wipe, el('span', { class: 'gap' }),
            this.file,
            el('label', { class: 'button tool', for: this.file.id }, icon('picture'), 'Picture…'),
            button('Camera', () => this.camera(), { icon: 'camera', kind: 'tool' })),
        this.paper);
    this.listen();
    current ??= this;
  }

  /** Whether there is nothing to send. */
  get empty() {
    return !this.prepared && this.pad.empty;
  }

  /** The picture to send, a Blob. */
  async blob() {
    if (!this.prepared) return this.pad.png();
    return this.onlyInk.checked ? inkOf(this.prepared.canvas) : this.prepared.blob;
  }

  /** Takes a picture file. */
  async take(file) {
    if (!file) return;
    current = this;
    const mine = ++this.taking;
    const prepared = await prepare(file);
    if (mine !== this.taking) return; // another was taken, or all cleared, meanwhile
    this.pad.clear();
    this.prepared = prepared;
    const mayInk = prepared.canvas !== null && store.model?.channels === 1;
    this.onlyInk.checked = mayInk && prepared.paper;
    this.paper.hidden = !mayInk || file.type === 'image/gif';
    await this.choose();
  }

  async choose() {
    this.release();
    if (this.prepared.canvas) this.url = URL.createObjectURL(await this.blob());
    this.shown.src = this.url ?? '';
    this.changed();
  }

  clear(told = false) {
    this.taking++;
    this.pad.clear();
    this.drop();
    this.update();
    if (told) {
      this.pad.canvas.focus({ preventScroll: true });
      this.told();
    }
  }

  /** Lets go of a picture file. */
  drop() {
    this.prepared = null;
    this.release();
    this.shown.removeAttribute('src');
    this.file.value = '';
    this.paper.hidden = true;
    this.onlyInk.checked = false;
  }

  back() {
    if (this.prepared) this.clear(true);
    else this.pad.undo();
  }

  async camera() {
    current = this;
    const file = await takePicture();
    if (file) await this.take(file);
  }

  changed() {
    this.update();
    this.told();
  }

  begun() {
    current = this;
    if (this.prepared) this.drop(); // drawing takes its place
    this.update();
    this.hint.hidden = true;
    this.undo.disabled = false;
    this.wipe.disabled = false;
  }

  update() {
    this.shown.hidden = !this.prepared?.canvas;
    this.unshown.hidden = !this.prepared || Boolean(this.prepared.canvas);
    this.hint.hidden = !this.empty;
    this.undo.disabled = this.empty;
    this.wipe.disabled = this.empty;
  }

  release() {
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = null;
  }

  listen() {
    this.element.addEventListener('focusin', () => { current = this; });
    const over = (is) => this.sheet.classList.toggle('over', is);
    this.element.addEventListener('dragover', () => over(true));
    this.element.addEventListener('dragleave', () => over(false));
    this.element.addEventListener('drop', (event) => {
      over(false);
      this.take([...event.dataTransfer.files][0]);
    });
  }
}

let made = 0;
