/** Takes one picture with the camera. */

import { button, el } from './dom.js';
import { open } from './dialogs.js';
import { frame } from './photo.js';

const REFUSED = {
  NotAllowedError: 'The browser was not allowed to use the camera. Allow it beside the address, or choose a picture file.',
  NotFoundError: 'No camera was found. Choose a picture file instead.',
  NotReadableError: 'Another program uses the camera. Close that one, or choose a picture file.',
};

/** Opens the camera's window; a picture, or null if none was taken. */
export async function takePicture() {
  let stream = null;
  const taken = await open('Take a picture', (close, dialog) => {
    const video = el('video', { autoplay: true, playsinline: true, is: { muted: true }, 'aria-label': 'What the camera sees' });
    const words = el('p', { class: 'fine', role: 'status' }, 'Waiting for the camera…');
    const take = button('Take picture', async () => close(await frame(video)),
        { kind: 'primary', disabled: true });
    video.addEventListener('loadeddata', () => {
      words.textContent = 'The square in the middle is taken.';
      take.disabled = false;
      take.focus();
    });
    start().then((started) => {
      stream = started;
      if (dialog.open) video.srcObject = started;
      else stop(started);
    }, (refusal) => {
      words.className = 'notice bad';
      words.textContent = REFUSED[refusal.name] ?? `The camera cannot be used: ${refusal.message}`;
    });
    return [
      el('div', { class: 'viewfinder' }, video),
      words,
      el('div', { class: 'row end' }, button('Cancel', () => close(null)), take),
    ];
  }, 'camera');
  if (stream) stop(stream);
  return taken;
}

async function start() {
  if (!navigator.mediaDevices) {
    throw new Error('browsers allow it only on this machine or over https');
  }
  return navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
}

function stop(stream) {
  for (const track of stream.getTracks()) track.stop();
}
