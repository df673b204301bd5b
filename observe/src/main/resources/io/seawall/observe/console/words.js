// How numbers, times and states are said.

const number = new Intl.NumberFormat('en', {maximumSignificantDigits: 3, notation: 'compact'});
const whole = new Intl.NumberFormat('en');
const clock = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const date = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit'});

export const NONE = '–';

export function rate(value) {
  if (value === undefined || value === null) {
    return NONE;
  }
  return value === 0 ? '0' : value < 10 ? value.toFixed(1) : number.format(value);
}

export const count = value => (value === undefined ? NONE : value < 100000 ? whole.format(value) : number.format(value));

export function percent(part, all) {
  if (!all) {
    return NONE;
  }
  const value = Math.min(100, 100 * part / all);
  return (value > 0 && value < 10 ? value.toFixed(1) : Math.round(value)) + ' %';
}

export function millis(value) {
  if (value === undefined) {
    return NONE;
  }
  return value < 1 ? Math.round(value * 1000) + ' µs'
      : value < 1000 ? (value < 10 ? value.toFixed(1) : Math.round(value)) + ' ms'
      : (value / 1000).toFixed(value < 10000 ? 1 : 0) + ' s';
}

export function lasting(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return seconds < 60 ? `${seconds} s`
      : minutes < 60 ? `${minutes} min ${seconds % 60} s`
      : hours < 48 ? `${hours} h ${minutes % 60} min`
      : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export const time = at => clock.format(at);
export const day = at => date.format(at);
export const iso = at => new Date(at).toISOString();

export const sum = values => Object.values(values ?? {}).reduce((all, value) => all + value, 0);

/** What a circuit's state is called, and how bad it is. */
export const STATES = {
  'closed': {words: 'closed', level: 'good'},
  'open': {words: 'OPEN', level: 'bad'},
  'half-open': {words: 'half-open', level: 'warn'},
  'forced-open': {words: 'FORCED OPEN', level: 'bad'},
  'disabled': {words: 'disabled', level: 'warn'},
};

/** Of 20 calls, one without an answer is worth a look. */
const TROUBLE = 0.05;

export const failing = target => target.calls > 0 && sum(target.unsuccessful) / target.calls >= TROUBLE;

/** 0 is the sickest. */
export function sickness(target) {
  const state = target.breaker?.state;
  return state === 'open' ? 0 : state === 'forced-open' ? 1 : state === 'half-open' ? 2 : failing(target) ? 3 : state === 'disabled' ? 4 : 9;
}

export const inTrouble = target => sickness(target) < 9;

const names = (all, most = 3) => all.length <= most
    ? all.slice(0, -1).join(', ') + (all.length > 1 ? ' and ' : '') + all.at(-1)
    : all.slice(0, most).join(', ') + ` and ${all.length - most} more`;

const many = (all, one, more) => (all.length === 1 ? one : more);

/** The state in sentences, the worst first. No number that moves is in them: they are read out loud when they change. */
export function sentences(state) {
  const bad = [];
  const warn = [];
  const well = [];
  const {health, filters = [], targets = []} = state;
  const circuits = wanted => targets.filter(target => target.breaker?.state === wanted).map(target => target.name);
  const say = (into, all, one, more) => all.length && into.push(many(all, one, more)(names(all)));

  say(bad, circuits('open'), name => `Circuit ${name} is open.`, all => `Circuits ${all} are open.`);
  say(bad, circuits('forced-open'), name => `Circuit ${name} is forced open.`, all => `Circuits ${all} are forced open.`);
  const down = (health?.checks ?? []).filter(check => !check.up && check.critical && check.kind !== 'store')
      .map(check => check.name).filter(name => !circuits('open').concat(circuits('forced-open')).includes(name));
  say(bad, down, name => `${name} is down, and critical.`, all => `${all} are down, and critical.`);
  const stores = filters.filter(filter => filter.store?.kind === 'redis');
  say(bad, stores.filter(filter => !filter.store.up).map(filter => filter.name),
      name => `Redis is away for ${name}.`, all => `Redis is away for ${all}.`);
  if (health?.state === 'draining') {
    warn.push('The node drains: it is not ready.');
  } else if (health?.state === 'starting') {
    warn.push('The node starts: it is not ready yet.');
  } else if (health && !health.ready) {
    bad.push('The node is not ready.');
  }
  say(warn, circuits('half-open'), name => `Circuit ${name} is half-open.`, all => `Circuits ${all} are half-open.`);
  say(warn, targets.filter(target => target.breaker?.state !== 'open' && target.breaker?.state !== 'forced-open' && failing(target))
      .map(target => target.name), name => `Calls to ${name} fail.`, all => `Calls to ${all} fail.`);
  const refusing = filters.flatMap(filter => filter.policies ?? []).filter(policy => policy.refused > 0).map(policy => policy.name);
  say(warn, refusing, name => `Policy ${name} refuses.`, all => `Policies ${all} refuse.`);
  say(warn, circuits('disabled'), name => `Circuit ${name} is disabled.`, all => `Circuits ${all} are disabled.`);

  if (targets.length && !bad.length && !circuits('half-open').length && !circuits('disabled').length) {
    well.push(targets.some(target => target.breaker) ? 'Every circuit is closed.' : 'No target is in trouble.');
  }
  if (filters.length && !refusing.length) {
    well.push('Nobody is refused.');
  }
  if (stores.length && stores.every(filter => filter.store.up)) {
    well.push('Redis is up.');
  }
  if (!filters.length && !targets.length) {
    well.push('No filter and no target is known here yet.');
  }
  const trouble = [...bad, ...warn];
  return {
    level: bad.length ? 'bad' : warn.length ? 'warn' : 'good',
    headline: trouble[0] ?? 'All is well.',
    more: [...trouble.slice(1), ...well].join(' '),
  };
}

const NEWS = {
  'circuit-opened': 'bad', 'circuit-forced-open': 'bad', 'store-down': 'bad', 'retry-budget-exhausted': 'bad', ban: 'bad',
  'circuit-half-open': 'warn', 'circuit-disabled': 'warn', 'chaos-began': 'warn',
  'circuit-closed': 'good', 'store-up': 'good', 'retry-budget-back': 'good', 'chaos-ended': 'good',
};

/** What kind of news an event is. */
export const eventLevel = kind => NEWS[kind] ?? 'idle';
