/** What went wrong, told where it happened, and what holds for the whole page. */

import { happenings, Trouble } from './api.js';
import { el, icon } from './dom.js';

/** A failure in its three parts: what was given, what is allowed, what to do next. */
export function troubleBox(failure) {
  const trouble = failure instanceof Trouble ? failure
      : new Trouble({ given: 'The page made a mistake.', allowed: String(failure?.message ?? failure), next: 'Reload it.' });
  if (!(failure instanceof Trouble)) console.error(failure);
  return el('div', { class: 'trouble', role: 'alert' },
      icon('unsure'),
      el('div', {},
          el('p', { class: 'given' }, sentence(trouble.given)),
          trouble.allowed && el('p', {}, sentence(trouble.allowed)),
          trouble.next && el('p', { class: 'next' }, sentence(trouble.next)),
          trouble.requestId && el('p', { class: 'fine' }, `Request ${trouble.requestId}`)));
}

function sentence(part) {
  return /[.!?:]\s*$/.test(part) ? part : `${part}.`;
}

/** Shows in one place what holds for the whole page: a busy server, an absent one. */
export function announce(place, back) {
  const busy = el('p', { class: 'notice', hidden: true });
  const gone = el('p', { class: 'notice bad', hidden: true },
      'The server does not answer. Start it again with ', el('code', {}, 'doppel serve'),
      '; this page looks for it every few seconds.');
  place.setAttribute('role', 'status');
  place.append(gone, busy);
  let waits = 0;
  happenings.addEventListener('waiting', ({ detail: seconds }) => {
    waits += seconds ? 1 : -1;
    busy.hidden = waits === 0;
    if (seconds) {
      busy.textContent = `The server is busy; asking again in ${seconds} second${seconds === 1 ? '' : 's'}.`;
    }
  });
  happenings.addEventListener('gone', () => { gone.hidden = false; });
  happenings.addEventListener('back', () => {
    gone.hidden = true;
    back();
  });
}
