/** The plane of the map: pictures where there is room for them, else dots; moved and zoomed. */

import { el } from './dom.js';
import { pictureOf } from './thumbs.js';

/** Of a picture on the map, in CSS pixels; on a narrow one it is smaller. */
const SIDE = 44;
const NARROW = 30;
/** Pictures may overlap by the rest. */
const APART = 0.8;
const MARGIN = 36;
const LARGEST = 40;
const ARROWS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class MapCanvas {
  /** @param told given the label and point that are chosen or pointed at; null for none */
  constructor(told) {
    this.told = told;
    this.side = SIDE;
    this.points = [];
    this.images = new Map();
    this.view = { x: 0, y: 0, zoom: 1 };
    this.chosen = null;
    this.fingers = new Map();
    this.element = el('canvas', {
      class: 'points', tabindex: 0, role: 'application', 'aria-label': 'Map of the examples',
      'aria-description': 'Arrow keys move it, plus and minus zoom, 0 shows all. The list of labels tells the same in words.',
    });
    this.listen();
    new ResizeObserver(() => this.paint()).observe(this.element);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.paint());
  }

  show(gallery, points) {
    this.gallery = gallery;
    this.points = points;
    this.images.clear();
    this.chosen = null;
    this.reset();
  }

  reset() {
    this.view = { x: 0, y: 0, zoom: 1 };
    this.paint();
  }

  /** Zooms about a point of the element; its middle if none is given. */
  zoom(by, [x, y] = [this.element.clientWidth / 2, this.element.clientHeight / 2]) {
    const zoom = Math.min(LARGEST, Math.max(1, this.view.zoom * by));
    const real = zoom / this.view.zoom;
    const [mx, my] = [x - this.element.clientWidth / 2, y - this.element.clientHeight / 2];
    this.view = { x: mx - (mx - this.view.x) * real, y: my - (my - this.view.y) * real, zoom };
    if (zoom === 1) this.view = { x: 0, y: 0, zoom };
    this.paint();
  }

  move(dx, dy) {
    this.view.x += dx;
    this.view.y += dy;
    this.paint();
  }

  choose(label, point) {
    if (label === this.chosen) return;
    this.chosen = label;
    this.told(label, point);
    this.paint();
  }

  /** Chooses a label and brings it to the middle if it is out of sight. */
  goTo(label) {
    this.choose(label);
    const [x, y] = this.place(this.points.find((each) => each.label === label));
    const { clientWidth: width, clientHeight: height } = this.element;
    if (x < 0 || y < 0 || x > width || y > height) this.move(width / 2 - x, height / 2 - y);
  }

  place({ x, y }) {
    const { clientWidth: width, clientHeight: height } = this.element;
    return [
      width / 2 + this.view.x + x * (width / 2 - MARGIN) * this.view.zoom,
      height / 2 + this.view.y - y * (height / 2 - MARGIN) * this.view.zoom,
    ];
  }

  at(event) {
    const box = this.element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  /** The point drawn on top at a place, or none. */
  under([x, y]) {
    let best = null;
    let least = this.side / 2;
    for (const point of this.points) {
      const [px, py] = this.place(point);
      const distance = Math.max(Math.abs(px - x), Math.abs(py - y));
      if (distance < least) [best, least] = [point, distance];
    }
    return best;
  }

  listen() {
    const canvas = this.element;
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.fingers.set(event.pointerId, this.at(event));
    });
    canvas.addEventListener('pointermove', (event) => {
      const now = this.at(event);
      const before = this.fingers.get(event.pointerId);
      if (!before) {
        const point = this.under(now);
        this.choose(point?.label ?? null, point ?? undefined);
        return;
      }
      const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const far = ([x, y]) => Math.max(1, Math.hypot(x - other[0], y - other[1]));
        this.zoom(far(now) / far(before), other);
      } else {
        this.move(now[0] - before[0], now[1] - before[1]);
      }
      this.fingers.set(event.pointerId, now);
    });
    for (const kind of ['pointerup', 'pointercancel']) {
      canvas.addEventListener(kind, (event) => {
        this.fingers.delete(event.pointerId);
        const point = this.under(this.at(event));
        this.choose(point?.label ?? null, point ?? undefined);
      });
    }
    canvas.addEventListener('wheel', (event) => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return;
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY / 300), this.at(event));
    }, { passive: false });
    canvas.addEventListener('keydown', (event) => this.key(event));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = ARROWS[event.key];
    if (way) this.move(60 * way[0], 60 * way[1]);
    else if (event.key === '+' || event.key === '=') this.zoom(1.5);
    else if (event.key === '-') this.zoom(1 / 1.5);
    else if (event.key === '0') this.reset();
    else return;
    event.preventDefault();
  }

  paint() {
    if (this.painting) return;
    this.painting = true;
    requestAnimationFrame(() => {
      this.painting = false;
      if (this.element.clientWidth) this.draw();
    });
  }

  draw() {
    const canvas = this.element;
    const { clientWidth: width, clientHeight: height } = canvas;
    const by = window.devicePixelRatio;
    canvas.width = Math.round(width * by);
    canvas.height = Math.round(height * by);
    const context = canvas.getContext('2d');
    context.scale(by, by);
    const style = getComputedStyle(canvas);
    const colour = (name) => style.getPropertyValue(name).trim();
    this.side = width < 480 ? NARROW : SIDE;
    const side = this.side;
    const room = new Room(APART * side);
    // The chosen label's come first, so that they get room, and are drawn last, on top.
    const order = [...this.points].sort((a, b) => (b.label === this.chosen) - (a.label === this.chosen));
    const pictures = [];
    context.fillStyle = colour('--edge');
    for (const point of order) {
      const [x, y] = this.place(point);
      if (x < -side || y < -side || x > width + side || y > height + side) continue;
      if (room.take(x, y)) {
        pictures.unshift([point, x, y]);
      } else {
        context.fillStyle = colour(point.label === this.chosen ? '--ours' : '--edge');
        context.beginPath();
        context.arc(x, y, 2.5, 0, 2 * Math.PI);
        context.fill();
      }
    }
    for (const [point, x, y] of pictures) {
      const chosen = point.label === this.chosen;
      context.fillStyle = '#fff';
      context.strokeStyle = colour(chosen ? '--ours' : '--line');
      context.lineWidth = chosen ? 3 : 1;
      context.beginPath();
      context.roundRect(x - side / 2, y - side / 2, side, side, 6);
      context.fill();
      const image = this.imageOf(point);
      if (image) context.drawImage(image, x - side / 2 + 3, y - side / 2 + 3, side - 6, side - 6);
      context.stroke();
    }
  }

  /** The picture of a point, once it is there; it is fetched when first asked for. */
  imageOf({ id }) {
    if (!this.images.has(id)) {
      this.images.set(id, null);
      this.fetch(this.gallery, id);
    }
    return this.images.get(id);
  }

  async fetch(gallery, id) {
    try {
      const url = await pictureOf(gallery, id);
      if (!url) return;
      const image = new Image();
      image.src = url;
      await image.decode();
      if (gallery !== this.gallery) return;
      this.images.set(id, image);
      this.paint();
    } catch {
      // the frame stays empty
    }
  }
}

/** Which places are taken, looked up by cells. */
class Room {
  /** @param size so far apart must two places be, across or down */
  constructor(size) {
    this.size = size;
    this.cells = new Map();
  }

  take(x, y) {
    const { size } = this;
    const [column, row] = [Math.floor(x / size), Math.floor(y / size)];
    for (let i = column - 1; i <= column + 1; i++) {
      for (let j = row - 1; j <= row + 1; j++) {
        const there = this.cells.get(`${i} ${j}`);
        if (there && Math.abs(there[0] - x) < size && Math.abs(there[1] - y) < size) return false;
      }
    }
    this.cells.set(`${column} ${row}`, [x, y]);
    return true;
  }
}
