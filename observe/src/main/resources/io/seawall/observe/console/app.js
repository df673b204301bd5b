// Seawall's console: asks the node every two seconds and shows what it says.
import * as api from './api.js';
import {attribute, text} from './dom.js';
import {explain} from './explain.js';
import {events, figures, headline, health, settings, stores} from './node.js';
import {History, Traffic} from './plots.js';
import {policies, refusedClients} from './policies.js';
import {targets} from './targets.js';
import {lasting} from './words.js';

const EVERY_MILLIS = 2000;
const AT_MOST_MILLIS = 30000;
const IDLE_MILLIS = 30 * 60 * 1000;

const byId = id => document.getElementById(id);

const page = {
  state: undefined,
  history: new History(),
  place: () => `${page.state.node.application || 'the root application'} on ${page.state.node.host}`,
  act: async action => {
    const done = await api.act(action);
    ask();
    return done;
  },
};

const traffic = new Traffic();
const tiles = targets(page);
const parts = [headline(), figures(), policies(page), refusedClients(page), tiles.update, events(), stores(), health(page),
  explain(), settings(page)];

let timer;
let asking = false;
let askAgain = false;
let failures = 0;
let answeredAt = Date.now();
let nextAt = Date.now();
let touchedAt = Date.now();
let historyAskedAt = 0;
/** Why nothing is asked: 'idle', 'hidden', or the words of the server that wants a login. */
let stopped;

async function ask() {
  clearTimeout(timer);
  if (asking) {
    askAgain = true;
    return;
  }
  asking = true;
  const answer = await news().catch(failed);
  asking = false;
  plan();
  if (answer !== undefined) {
    show(answer);
  }
}

async function news() {
  const state = await api.state();
  if (state.node.startedAt !== page.state?.node.startedAt) {
    page.history = new History();
    historyAskedAt = 0;
  }
  const due = Date.now() - historyAskedAt >= page.history.stepMillis;
  const history = due ? await api.history(page.history.last) : undefined;
  historyAskedAt = due ? Date.now() : historyAskedAt;
  answeredAt = Date.now();
  failures = 0;
  stopped = undefined;
  page.state = state;
  return {state, history};
}

function failed(failure) {
  failures++;
  if (failure instanceof api.NoAccess) {
    stopped = failure.message;
  }
}

function show({state, history}) {
  traffic.offer(state);
  parts.forEach(part => part(state));
  if (history !== undefined && page.history.add(history)) {
    traffic.show(page.history);
    tiles.draw(page.history);
  }
}

function plan() {
  if (stopped === undefined && Date.now() - touchedAt >= IDLE_MILLIS) {
    stopped = 'idle';
  }
  if (document.hidden) {
    stopped ??= 'hidden';
  }
  if (stopped === undefined) {
    const wait = askAgain ? 0 : Math.min(AT_MOST_MILLIS, EVERY_MILLIS * 2 ** Math.min(failures, 10));
    nextAt = Date.now() + wait;
    timer = setTimeout(ask, wait);
  }
  askAgain = false;
  tell();
}

/** How fresh the page is: always in words. */
function tell() {
  const [level, words] = stopped === 'idle' ? ['warn', 'Paused: no key and no pointer for 30 minutes.']
      : stopped === 'hidden' ? ['warn', 'Paused while nobody looks.']
      : stopped !== undefined ? ['bad', stopped]
      : failures > 0 ? ['bad', `No answer for ${lasting(Date.now() - answeredAt)}; `
          + (asking ? 'asking.' : `asking again in ${lasting(nextAt - Date.now())}.`)]
      : page.state === undefined ? ['idle', 'Asking.'] : ['good', 'Live'];
  attribute(byId('link'), 'data-level', level);
  // The count of seconds is for the eyes: a screen reader hears that the link is gone, not every second of it.
  attribute(byId('link'), 'aria-live', failures > 1 && stopped === undefined ? 'off' : 'polite');
  text(byId('link-words'), words);
  byId('resume').hidden = stopped === undefined || stopped === 'hidden';
  text(byId('resume'), stopped === 'idle' ? 'Resume' : 'Load again');
  attribute(document.body, 'data-stale', level === 'bad' || stopped === 'idle');
}

function resume() {
  if (stopped === 'idle' || stopped === 'hidden') {
    stopped = undefined;
    touchedAt = Date.now();
    ask();
  } else if (stopped !== undefined) {
    location.reload();
  }
}

byId('resume').addEventListener('click', resume);
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    clearTimeout(timer);
    stopped ??= 'hidden';
    tell();
  } else if (stopped === 'hidden') {
    resume();
  }
});
for (const touch of ['keydown', 'pointerdown', 'pointermove', 'wheel']) {
  addEventListener(touch, () => {
    touchedAt = Date.now();
  }, {passive: true});
}
setInterval(tell, 1000);

const THEMES = ['system', 'light', 'dark'];
const button = byId('theme');

function showTheme() {
  text(button, `Theme: ${document.documentElement.dataset.theme ?? 'system'}`);
  traffic.redraw();
}

button.addEventListener('click', () => {
  const now = document.documentElement.dataset.theme ?? 'system';
  const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
  if (next === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = next;
  }
  try {
    localStorage.setItem('seawall-theme', next);
  } catch {
    // Storage is forbidden: the choice holds until the page is left.
  }
  showTheme();
});

showTheme();
ask();
