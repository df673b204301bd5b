// The JSON API beside the page; every address is relative to it, so a proxy may put it anywhere.

const PATIENCE_MILLIS = 10000;

/** The server wants a login first, or will not have this user. */
export class NoAccess extends Error {}

async function ask(path, options = {}) {
  const answer = await fetch(path, {
    cache: 'no-store', credentials: 'same-origin', redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MILLIS), ...options,
  });
  const isJson = /[/+]json\b/.test(answer.headers.get('Content-Type') ?? '');
  if (answer.type === 'opaqueredirect' || answer.status === 401 || (answer.ok && !isJson)) {
    throw new NoAccess('Your session has ended: sign in again.');
  }
  const body = isJson ? await answer.json() : {};
  if (answer.ok) {
    return body;
  }
  const words = body.detail ?? body.title ?? `The node answers ${answer.status}.`;
  throw answer.status === 403 && options.method === undefined ? new NoAccess(words) : new Error(words);
}

const post = (path, body) => ask(path, {
  method: 'POST',
  headers: {'Content-Type': 'application/json', 'X-Seawall-Console': '1'},
  body: JSON.stringify(body),
});

export const state = () => ask('api/state');
export const history = since => ask('api/history' + (since === undefined ? '' : `?since=${since}`));
export const act = async action => (await post('api/action', action)).done;
export const explain = request => post('api/explain', request);
