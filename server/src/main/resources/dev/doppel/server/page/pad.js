/** A sheet to draw on: mouse, pen, finger, or the arrow keys. */

import { el, say } from './dom.js';
import { drawSheet, png } from './ink.js';

const STEP = 0.04;
const FINE = 0.01;
/** Closer points add nothing but a tremble. */
const NEAR = 0.004;

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Pad {
  /**
   * @param name what a screen reader calls it
   * @param changed told when a stroke ends, or one is taken back; not while one is drawn
   * @param begun told when a stroke begins
   */
  constructor(name, changed, begun) {
    this.strokes = [];
    this.stroke = null;
    this.pointer = null;
    this.pen = { x: 0.5, y: 0.5, down: false, shown: false };
    this.changed = changed;
    this.begun = begun;
    this.canvas = el('canvas', {
      class: 'pad',
      tabindex: 0,
      role: 'application',
      'aria-label': name,
      'aria-roledescription': 'drawing sheet',
      'aria-description':
        'Arrow keys move the pen, with Shift in small steps. Space puts it down or lifts it.'
        + ' Control Z takes a stroke back. A picture file can be chosen instead.',
    });
    this.listen();
    new ResizeObserver(() => this.paint()).observe(this.canvas);
  }

  get empty() {
    return this.strokes.length === 0;
  }

  /** The drawing as a PNG. */
  png() {
    return png(this.strokes);
  }

  clear() {
    this.end();
    this.strokes = [];
    this.pen.down = false;
    this.paint();
  }

  undo() {
    this.end();
    this.pen.down = false;
    this.strokes.pop();
    this.paint();
    this.changed();
  }

  listen() {
    const canvas = this.canvas;
    canvas.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || this.pointer !== null) return;
      canvas.setPointerCapture(event.pointerId);
      this.pointer = event.pointerId;
      this.pen.shown = false;
      this.pen.down = false;
      this.begin(this.place(event));
    });
    canvas.addEventListener('pointermove', (event) => {
      if (event.pointerId !== this.pointer) return;
      const moves = event.getCoalescedEvents?.() ?? [];
      for (const each of moves.length ? moves : [event]) this.go(this.place(each));
    });
    const lifted = (event) => {
      if (event.pointerId !== this.pointer) return;
      this.pointer = null;
      this.end();
      this.changed();
    };
    canvas.addEventListener('pointerup', lifted);
    canvas.addEventListener('pointercancel', lifted);
    canvas.addEventListener('keydown', (event) => this.key(event));
    canvas.addEventListener('focus', () => {
      this.pen.shown = canvas.matches(':focus-visible');
      this.paint();
    });
    canvas.addEventListener('blur', () => {
      if (this.pen.down) this.lift();
      this.pen.shown = false;
      this.paint();
    });
  }

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]
        .map((each) => Math.min(1, Math.max(0, each)));
  }

  begin(point) {
    this.stroke = [point];
    this.strokes.push(this.stroke);
    this.paint();
    this.begun();
  }

  go(point) {
    const [x, y] = this.stroke.at(-1);
    if (Math.hypot(point[0] - x, point[1] - y) < NEAR) return;
    this.stroke.push(point);
    this.paint();
  }

  end() {
    this.stroke = null;
  }

  key(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') {
      event.preventDefault();
      if (!this.empty) this.undo();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || this.pointer !== null) return;
    const way = ARROWS[event.key];
    if (!way && event.key !== ' ') return;
    event.preventDefault();
    const pen = this.pen;
    pen.shown = true;
    if (!way) {
      if (pen.down) this.lift();
      else {
        pen.down = true;
        this.begin([pen.x, pen.y]);
        say('Pen down');
      }
    } else {
      const step = event.shiftKey ? FINE : STEP;
      pen.x = Math.min(1, Math.max(0, pen.x + way[0] * step));
      pen.y = Math.min(1, Math.max(0, pen.y + way[1] * step));
      if (pen.down) this.go([pen.x, pen.y]);
    }
    this.paint();
  }

  lift() {
    this.pen.down = false;
    this.end();
    say('Pen up');
    this.changed();
  }

  paint() {
    if (this.painting) return;
    this.painting = true;
    requestAnimationFrame(() => {
      this.painting = false;
      const canvas = this.canvas;
      const side = Math.round(canvas.clientWidth * window.devicePixelRatio);
      if (!side) return;
      if (canvas.width !== side) {
        canvas.width = side;
        canvas.height = side;
      }
      const context = canvas.getContext('2d');
      drawSheet(context, this.strokes, side);
      if (this.pen.shown) this.paintPen(context, side);
    });
  }

  paintPen(context, side) {
    const { x, y, down } = this.pen;
    context.strokeStyle = '#0a64a8';
    context.fillStyle = '#0a64a8';
    context.lineWidth = side / 150;
    context.beginPath();
    context.arc(x * side, y * side, side / 40, 0, 2 * Math.PI);
    context.stroke();
    if (down) context.fill();
  }
}
