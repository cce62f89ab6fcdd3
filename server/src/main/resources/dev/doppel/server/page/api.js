/** The server's calls: its errors, the key, patience when it is busy, and its absence. */

const TRIES = 5;
const LOOK_AGAIN = 2500;

/** What went wrong, in the three parts the server tells it in. */
export class Trouble extends Error {
  constructor({ status = 0, code = '', given, allowed = '', next = '', requestId = '' }) {
    super(given);
    Object.assign(this, { status, code, given, allowed, next, requestId });
  }
}

/** Tells of `waiting` (detail: seconds, or 0 when over), `gone` and `back`. */
export const happenings = new EventTarget();

let key = ''; // in memory only: a reload asks again
let askForKey = null;
let asking = null;
let watching = false;

/** Says who asks a person for the key: `ask(wrong)` resolves to it, or to '' for none. */
export function keysFrom(ask) {
  askForKey = ask;
}

/**
 * Calls the server.
 *
 * @param path below `/v1`, its parts already encoded
 * @param query texts by name; null is left out
 * @param body a Blob is sent as it is, anything else as JSON
 * @param read how to read the answer: `json`, `blob`
 * @throws Trouble
 */
export async function call(method, path, { query = {}, body, signal, read = 'json' } = {}) {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== null));
  const url = `/v1${path}${asked.size ? `?${asked}` : ''}`;
  for (let attempt = 1; ; attempt++) {
    const used = key;
    const response = await send(url, request(method, body, used), signal);
    if (response.status === 401 && askForKey) {
      const trouble = await troubleOf(response);
      if (!(await otherKey(used))) throw trouble;
      attempt = 0;
    } else if ((response.status === 429 || response.status === 503) && attempt < TRIES) {
      await patience(Number(response.headers.get('Retry-After')) || attempt, signal);
    } else if (!response.ok) {
      throw await troubleOf(response);
    } else {
      return response.status === 204 ? null : response[read]();
    }
  }
}

function request(method, body, used) {
  const headers = {};
  if (used) headers.Authorization = `Bearer ${used}`;
  if (body instanceof Blob) {
    headers['Content-Type'] = body.type || 'application/octet-stream';
  } else if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
    body = JSON.stringify(body);
  }
  return { method, headers, body, cache: 'no-store' };
}

async function send(url, given, signal) {
  try {
    const response = await fetch(url, { ...given, signal });
    return response;
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    watch();
    throw new Trouble({
      code: 'gone',
      given: 'The server does not answer.',
      allowed: 'It must run for this page to work.',
      next: 'Start it again with “doppel serve”; this page goes on by itself.',
    });
  }
}

/** Looks until the server is back. */
async function watch() {
  if (watching) return;
  watching = true;
  happenings.dispatchEvent(new Event('gone'));
  for (;;) {
    await sleep(LOOK_AGAIN);
    try {
      const response = await fetch('/healthz', { cache: 'no-store' });
      if (response.ok) break;
    } catch {
      // still gone
    }
  }
  watching = false;
  happenings.dispatchEvent(new Event('back'));
}

async function otherKey(used) {
  if (key !== used) return true; // given meanwhile, to another call
  asking ??= askForKey(used !== '').finally(() => { asking = null; });
  const given = await asking;
  if (given) key = given;
  return Boolean(given);
}

async function patience(seconds, signal) {
  happenings.dispatchEvent(new CustomEvent('waiting', { detail: seconds }));
  try {
    await sleep(1000 * seconds, signal);
  } finally {
    happenings.dispatchEvent(new CustomEvent('waiting', { detail: 0 }));
  }
}

function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const clock = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(clock);
      reject(signal.reason);
    }, { once: true });
  });
}

async function troubleOf(response) {
  const status = response.status;
  const requestId = response.headers.get('X-Request-Id') ?? '';
  try {
    const { error } = await response.json();
    return new Trouble({ status, requestId, ...error });
  } catch {
    return new Trouble({
      status,
      requestId,
      given: `The server answered with status ${status} and no words this page understands.`,
      next: 'Try again; if it stays so, look into the server’s log.',
    });
  }
}

const part = encodeURIComponent;

export const api = {
  model: () => call('GET', '/model'),
  galleries: async () => (await call('GET', '/galleries')).galleries,
  create: (name) => call('POST', '/galleries', { body: { name } }),
  gallery: (name) => call('GET', `/galleries/${part(name)}`),
  remove: (name) => call('DELETE', `/galleries/${part(name)}`, { query: { confirm: name } }),
  enrol: async (name, label, picture) =>
    (await call('POST', `/galleries/${part(name)}/items`, { query: { label }, body: picture })).items[0],
  items: (name, label, after = null, limit = 100) =>
    call('GET', `/galleries/${part(name)}/items`, { query: { label, after, limit } }),
  item: (name, id) => call('GET', `/galleries/${part(name)}/items/${part(id)}`),
  image: (name, id) => call('GET', `/galleries/${part(name)}/items/${part(id)}/image`, { read: 'blob' }),
  forgetItem: (name, id) => call('DELETE', `/galleries/${part(name)}/items/${part(id)}`),
  labels: (name, after = null, limit = 1000) =>
    call('GET', `/galleries/${part(name)}/labels`, { query: { after, limit } }),
  rename: (name, label, to) =>
    call('PATCH', `/galleries/${part(name)}/labels`, { query: { label }, body: { name: to } }),
  merge: (name, label, into) =>
    call('PATCH', `/galleries/${part(name)}/labels`, { query: { label }, body: { mergeInto: into } }),
  forget: (name, label) => call('DELETE', `/galleries/${part(name)}/labels`, { query: { label } }),
  identify: (name, picture, signal) =>
    call('POST', `/galleries/${part(name)}/identify`, { query: { top: 5 }, body: picture, signal }),
  verify: (first, second, signal) => call('POST', '/verify', { body: { first, second }, signal }),
  map: (name) => call('GET', `/galleries/${part(name)}/map`, { query: { limit: 2000 } }),
};
