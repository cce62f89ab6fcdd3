/** Picture files and camera frames, made ready to send. */

import { blobOf } from './ink.js';

/** No encoder looks closer. */
const LARGEST = 1024;
/** Of the copy whose ink is looked for. */
const INK_SIDE = 480;
/** The side of a sheet of found ink, and how much of it the ink takes up. */
const SHEET = 210;
const FILLED = 0.72;

/** So much darker than around it is ink. */
const DARKER = 0.82;

/** What the server reads as it is, given it is small and lies the right way up. */
const PLAIN = ['image/png', 'image/gif', 'image/bmp'];

/**
 * Makes a picture ready.
 *
 * @param file a Blob
 * @returns what to send; the canvas it was read into, or null if only the server may be able to
 *     read it; and whether it looks like ink on paper, photographed
 */
export async function prepare(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file); // the right way up
  } catch {
    return { blob: file, canvas: null, paper: false };
  }
  const canvas = scaled(bitmap, LARGEST);
  const asItIs = PLAIN.includes(file.type) && canvas.width === bitmap.width && file.size < 1 << 20;
  bitmap.close();
  const blob = asItIs ? file
      : file.type === 'image/png' ? await blobOf(canvas, 'image/png') : await blobOf(canvas, 'image/jpeg', 0.92);
  return { blob, canvas, paper: new Paper(canvas).photographed() };
}

/** A frame of a video, its middle square. */
export function frame(video) {
  const side = Math.min(video.videoWidth, video.videoHeight);
  const canvas = document.createElement('canvas');
  canvas.width = Math.min(side, LARGEST);
  canvas.height = canvas.width;
  canvas.getContext('2d').drawImage(video, (video.videoWidth - side) / 2,
      (video.videoHeight - side) / 2, side, side, 0, 0, canvas.width, canvas.height);
  return blobOf(canvas, 'image/jpeg', 0.92);
}

/** The ink of a photographed sheet, black on white, in the middle of a square. */
export function inkOf(canvas) {
  return blobOf(new Paper(canvas).sheet(), 'image/png');
}

function scaled(source, largest) {
  const by = Math.min(1, largest / Math.max(source.width, source.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(source.width * by));
  canvas.height = Math.max(1, Math.round(source.height * by));
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** A grey picture beside the mean brightness around each of its points. */
class Paper {
  constructor(canvas) {
    const small = scaled(canvas, INK_SIDE);
    const { width, height } = small;
    const rgba = small.getContext('2d').getImageData(0, 0, width, height).data;
    this.width = width;
    this.height = height;
    this.grey = Float32Array.from({ length: width * height },
        (_, i) => 0.3 * rgba[4 * i] + 0.59 * rgba[4 * i + 1] + 0.11 * rgba[4 * i + 2]);
    this.around = this.means(Math.ceil(Math.max(width, height) / 12));
  }

  /** Mean of a window that reaches so far to each side, from sums over all rectangles. */
  means(reach) {
    const { width, height, grey } = this;
    const row = width + 1;
    const sums = new Float64Array(row * (height + 1));
    for (let y = 0; y < height; y++) {
      let line = 0;
      for (let x = 0; x < width; x++) {
        line += grey[y * width + x];
        sums[(y + 1) * row + x + 1] = sums[y * row + x + 1] + line;
      }
    }
    const means = new Float32Array(width * height);
    for (let y = 0; y < height; y++) {
      const top = Math.max(0, y - reach);
      const bottom = Math.min(height, y + reach + 1);
      for (let x = 0; x < width; x++) {
        const left = Math.max(0, x - reach);
        const right = Math.min(width, x + reach + 1);
        means[y * width + x] = (sums[bottom * row + right] - sums[top * row + right]
            - sums[bottom * row + left] + sums[top * row + left]) / ((bottom - top) * (right - left));
      }
    }
    return means;
  }

  ink(i) {
    return this.grey[i] < DARKER * this.around[i];
  }

  /** Whether it is even paper, not quite white, with a little ink. */
  photographed() {
    let ink = 0;
    let rough = 0;
    let white = 0;
    const all = this.grey.length;
    for (let i = 0; i < all; i++) {
      if (this.ink(i)) ink++;
      else if (this.grey[i] > 250) white++;
      else rough += Math.abs(this.grey[i] / this.around[i] - 1);
    }
    const shaded = all - ink - white;
    return ink > 0.002 * all && ink < 0.25 * all && shaded > 0.3 * all && rough < 0.08 * shaded;
  }

  sheet() {
    const { width, height } = this;
    const picture = new ImageData(width, height);
    let [left, top, right, bottom] = [width, height, 0, 0];
    for (let i = 0; i < width * height; i++) {
      picture.data[4 * i + 3] = this.ink(i) ? 255 : 0;
      if (!this.ink(i)) continue;
      left = Math.min(left, i % width);
      right = Math.max(right, i % width + 1);
      top = Math.min(top, Math.floor(i / width));
      bottom = Math.max(bottom, Math.floor(i / width) + 1);
    }
    const found = document.createElement('canvas');
    found.width = width;
    found.height = height;
    found.getContext('2d').putImageData(picture, 0, 0);
    const canvas = document.createElement('canvas');
    canvas.width = SHEET;
    canvas.height = SHEET;
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, SHEET, SHEET);
    if (right > left) {
      const by = (FILLED * SHEET) / Math.max(right - left, bottom - top);
      const [w, h] = [(right - left) * by, (bottom - top) * by];
      context.imageSmoothingQuality = 'high';
      context.drawImage(found, left, top, right - left, bottom - top, (SHEET - w) / 2, (SHEET - h) / 2, w, h);
    }
    return canvas;
  }
}
