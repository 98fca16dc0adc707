// Requests to the server. A session is a cookie that no script can read.

/** A response that is not a success; the message is a sentence for people. */
export class Refusal extends Error {
  constructor(status, sentence, label) {
    super(sentence);
    this.status = status;
    this.label = label;
  }
}

/** The place of the node of the cluster that answers; null for the server of this page. */
let node = sessionStorage.getItem('node');

export function chosenNode() {
  return node;
}

/** @param place null for the server of this page */
export function chooseNode(place) {
  node = place;
  if (place === null) {
    sessionStorage.removeItem('node');
  } else {
    sessionStorage.setItem('node', place);
  }
}

async function send(path, options = {}) {
  const asked = node !== null && path.startsWith('../api/') ? { 'Streamcache-Node': node } : {};
  return sendHere(path, { ...options, headers: { ...asked, ...options.headers } });
}

/** To the server of this page, whatever node is chosen. */
async function sendHere(path, options = {}) {
  let response;
  try {
    response = await fetch(path, {
      ...options,
      // A page of another site cannot set this field, so it proves that a write is ours.
      headers: { 'X-Requested-With': 'streamcache', ...options.headers },
    });
  } catch {
    throw new Refusal(0, 'The server does not answer.', 'away');
  }
  const text = await response.text();
  const body = text === '' ? {} : JSON.parse(text);
  if (!response.ok) {
    throw new Refusal(response.status, body.detail ?? response.statusText, body.type ?? '');
  }
  return body;
}

export function get(path) {
  return send(path);
}

export function getHere(path) {
  return sendHere(path);
}

export function post(path, body = {}) {
  return write('POST', path, body);
}

export function put(path, body) {
  return write('PUT', path, body);
}

function write(method, path, body) {
  return send(path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export function patch(path, body, etag) {
  return send(path, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json', 'If-Match': `"${etag}"` },
    body: JSON.stringify(body),
  });
}

export function remove(path, etag) {
  return send(path, { method: 'DELETE', headers: { 'If-Match': `"${etag}"` } });
}

/** @param secret the password or a token */
export function logIn(secret) {
  return post('session', { secret });
}

/** @param current the old password or the token; undefined for the first one */
export function setPassword(password, current) {
  return post('password', { password, current });
}

export function logOut() {
  return send('session', { method: 'DELETE' });
}
