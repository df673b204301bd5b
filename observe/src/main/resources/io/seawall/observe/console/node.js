// What concerns the node as a whole: the sentence, the figures, events, the store, health and the configuration.
import {attribute, empty, h, list, rebuilt, table, text} from './dom.js';
import {confirm} from './dialogs.js';
import {NONE, count, day, eventLevel, iso, lasting, millis, percent, rate, sentences, sum, time} from './words.js';

const byId = id => document.getElementById(id);

export function headline() {
  return state => {
    const {level, headline: worst, more} = sentences(state);
    attribute(byId('state'), 'data-level', level);
    text(byId('headline'), worst);
    text(byId('more'), more);
    const {node} = state;
    const name = node.application === '' ? 'the root application' : node.application;
    text(byId('node'), `This node only: ${name} on ${node.host}, up ${lasting(state.now - node.startedAt)}, since ${day(node.startedAt)}`);
    attribute(byId('node'), 'title', `Seawall ${node.version ?? ''}; each node shows itself`);
    text(byId('who'), state.principal ? `${state.principal}${state.mayAct ? '' : ', may only look'}` : '');
    const circuits = (state.targets ?? []).filter(target => target.breaker?.state.endsWith('open') && target.breaker.state !== 'half-open');
    document.title = `${level === 'bad' ? '■ ' : level === 'warn' ? '▲ ' : ''}${circuits.length > 0 ? `${circuits.length} open · ` : ''}Seawall ${name}`;
  };
}

function figuresOf({filters = [], targets = []}) {
  const all = [];
  const policies = filters.flatMap(filter => filter.policies ?? []);
  const total = (items, name) => items.reduce((before, item) => before + (item[name] ?? 0), 0);
  if (filters.length > 0) {
    const refused = total(policies, 'refused');
    all.push(['allowed per second', rate(total(policies, 'allowed')), 'seawall_limit_decisions_total{outcome="allowed"}'],
        ['refused per second', rate(refused), 'seawall_limit_decisions_total{outcome="refused"}', refused > 0 && 'warn'],
        ['requests in flight', count(total(filters, 'inFlight')), 'seawall_requests_in_flight']);
  }
  if (targets.length > 0) {
    const calls = total(targets, 'calls');
    const bad = targets.reduce((before, target) => before + sum(target.unsuccessful), 0);
    const circuits = targets.filter(target => target.breaker);
    const open = circuits.filter(target => target.breaker.state === 'open' || target.breaker.state === 'forced-open').length;
    all.push(['calls per second', rate(calls), 'seawall_calls_total'],
        ['of calls unsuccessful', percent(bad, calls), 'seawall_calls_unsuccessful_total', bad / calls >= 0.05 && 'warn'],
        [`of ${count(circuits.length)} circuits open`, count(open), 'seawall_breaker_state', open > 0 && 'bad']);
  }
  const stores = filters.map(filter => filter.store).filter(store => store?.kind === 'redis');
  if (stores.length > 0) {
    const up = stores.every(store => store.up);
    const slowest = stores.map(store => store.p99Micros).filter(micros => micros !== undefined);
    all.push(['Redis p99', up ? slowest.length > 0 ? millis(Math.max(...slowest) / 1000) : NONE : 'away',
      'seawall_redis_decision_duration_seconds', !up && 'bad']);
  }
  return all.map(([label, value, title, level]) => ({label, value, title, level}));
}

export function figures() {
  const update = list(byId('figures'), ({title}) => {
    const value = h('b', {});
    const label = h('span', {});
    const node = h('li', {title}, value, label);
    return {node, update: figure => {
      text(value, figure.value);
      text(label, figure.label);
      attribute(node, 'data-level', figure.level);
    }};
  });
  return state => update(figuresOf(state), figure => figure.title);
}

export function events() {
  const root = byId('events');
  const {node, body} = table('The last events, newest first', [
    {title: 'Time'}, {title: 'What'}, {title: 'Of'}, {title: 'In words'}]);
  const none = empty('Nothing has happened since the node started: no circuit opened, Redis did not go away.');
  root.append(none, node);
  const update = list(body, event => ({node: h('tr', {'data-level': eventLevel(event.kind)},
      h('td', {'data-label': 'Time'}, h('time', {datetime: iso(event.at), title: day(event.at)}, time(event.at))),
      h('td', {'data-label': 'What', class: 'kind'}, h('span', {class: 'shape', 'aria-hidden': 'true'}), event.kind.replaceAll('-', ' ')),
      h('th', {scope: 'row', 'data-label': 'Of'}, event.subject),
      h('td', {'data-label': 'In words'}, event.words))}));
  return ({events: all = []}) => {
    none.hidden = all.length > 0;
    node.hidden = all.length === 0;
    const times = new Map();
    // Two of one moment are told apart, whatever comes before them.
    const keyed = [...all].reverse().map(event => {
      const key = `${event.at}\n${event.kind}\n${event.subject}`;
      times.set(key, (times.get(key) ?? 0) + 1);
      return {...event, key: `${key}\n${times.get(key)}`};
    }).reverse();
    update(keyed, event => event.key);
  };
}

export function stores() {
  const root = byId('store');
  const none = empty('No filter here, so nothing is counted.');
  const all = h('div', {});
  root.append(none, all);
  const update = list(all, ({name}) => {
    const metric = what => `seawall_redis_${what}{filter="${name}"}`;
    const shape = h('span', {class: 'shape', 'aria-hidden': 'true'});
    const word = h('b', {title: metric('up')});
    const address = h('span', {class: 'hint'});
    const facts = [
      ['p50 / p99', 'decision_duration_seconds', s => `${millis(micros(s.p50Micros))} / ${millis(micros(s.p99Micros))}`],
      ['Round trips', 'round_trips_total', s => `${rate(s.roundTripsPerSecond)}/s`],
      ['Questions in one', 'questions_total', s => rate(s.questionsPerRoundTrip)],
      ['Spared', 'spared_total', s => `${rate(s.sparedPerSecond)}/s`],
      ['Failures', 'failures_total', s => `${rate(s.failuresPerSecond)}/s`],
    ].map(([words, what, say]) => ({say, title: metric(what), words, dd: h('dd', {})}));
    const dl = h('dl', {}, facts.map(one => h('div', {title: one.title}, h('dt', {}, one.words), one.dd)));
    const memory = h('p', {class: 'hint'}, 'Each node counts for itself; a restart forgets. With redis, all nodes share the limits.');
    const node = h('div', {class: 'store'}, h('p', {class: 'line'}, shape, word, address), memory, dl);
    return {node, update: ({store, many}) => {
      const redis = store.kind === 'redis';
      attribute(node, 'data-level', redis ? store.up ? 'good' : 'bad' : 'idle');
      text(word, (redis ? store.up ? 'Redis is up' : 'Redis is away' : 'In the memory of this node') + (many ? `, ${name}` : ''));
      text(address, redis ? store.address : '');
      memory.hidden = redis;
      dl.hidden = !redis;
      facts.forEach(one => text(one.dd, redis ? one.say(store) : NONE));
    }};
  });
  const micros = value => (value === undefined ? undefined : value / 1000);
  return ({filters = []}) => {
    const known = filters.filter(filter => filter.store);
    none.hidden = known.length > 0;
    update(known.map(filter => ({name: filter.name, store: filter.store, many: known.length > 1})), store => store.name);
  };
}

export function health(page) {
  const root = byId('health');
  const shape = h('span', {class: 'shape', 'aria-hidden': 'true'});
  const word = h('b', {});
  const line = h('p', {class: 'line'}, shape, word);
  const checks = h('ul', {class: 'checks'});
  const none = h('p', {class: 'hint'}, 'No dependency is named critical: none empties the load balancer.');
  const drain = h('button', {type: 'button', click: () => confirm({
    title: 'Drain this node?',
    words: 'It says that it is not ready, so that the load balancer sends no more; requests under way end in peace.',
    where: `This node only: ${page.place()}.`,
    verb: 'Drain', danger: true, run: () => page.act({action: 'drain'}),
  })}, 'Drain…');
  const serve = h('button', {type: 'button', click: () => confirm({
    title: 'Serve again?',
    words: 'The node says that it is ready, and the load balancer sends to it again.',
    where: `This node only: ${page.place()}.`,
    verb: 'Serve', run: () => page.act({action: 'serve'}),
  })}, 'Serve…');
  const buttons = h('div', {class: 'buttons'});
  root.append(line, none, checks, buttons);
  const update = list(checks, () => {
    const said = h('span', {});
    const node = h('li', {}, h('span', {class: 'shape', 'aria-hidden': 'true'}), said);
    return {node, update: check => {
      attribute(node, 'data-level', check.up ? 'good' : check.critical ? 'bad' : 'warn');
      text(said, `${check.name}${check.up ? ' is up' : ' is down'}${check.critical ? ', critical' : ''}${check.words ? `: ${check.words}` : ''}`);
    }};
  });
  return ({health: now, mayAct}) => {
    attribute(root, 'data-level', now === undefined ? 'idle' : now.ready ? 'good' : now.state === 'serving' ? 'bad' : 'warn');
    text(word, now === undefined ? 'Not known here' : `${{serving: 'Serves', starting: 'Starts', draining: 'Drains'}[now.state] ?? now.state}`
        + (now.ready ? ', ready' : ', not ready'));
    none.hidden = now === undefined || (now.checks ?? []).some(check => check.critical);
    update(now?.checks ?? [], check => `${check.kind} ${check.name}`);
    const wanted = mayAct && now ? now.state === 'draining' ? serve : drain : undefined;
    if (buttons.firstChild !== (wanted ?? null)) {
      buttons.replaceChildren(...(wanted ? [wanted] : []));
    }
  };
}

export function settings(page) {
  const details = byId('settings');
  const show = rebuilt(byId('settings-body'), ({filters, targets, others, mayAct}) => [
    ...filters.concat(others).map(owner => {
      const {node, body} = table(`Settings of ${owner.name}`, [{title: 'Setting'}, {title: 'Value'}, {title: 'From'}]);
      body.append(...owner.settings.map(one => h('tr', {}, h('th', {scope: 'row'}, one.name),
          h('td', {'data-label': 'Value', class: 'value'}, one.value), h('td', {'data-label': 'From'}, one.from))));
      return h('section', {}, h('h3', {}, owner.name), node);
    }),
    ...targets.map(target => h('section', {}, h('h3', {}, `Target ${target.name}`),
        h('ul', {class: 'plain'}, target.settings.map(one => h('li', {}, one))),
        mayAct && h('button', {type: 'button', class: 'small', 'aria-label': `Read the configuration of ${target.name} again`,
          click: () => confirm({
            title: `Read the configuration of ${target.name} again?`,
            words: 'What the configuration says now holds for the next call.',
            where: `On this node only: ${page.place()}.`,
            verb: 'Read again',
            run: () => page.act({action: 'reread', target: target.name}),
          })}, 'Read again…'))),
    filters.length + targets.length === 0 && empty('Nothing is configured here: there is no filter and no target.'),
  ].filter(Boolean));
  const update = state => {
    if (details.open) {
      show({
        filters: (state.filters ?? []).map(({name, settings: all = []}) => ({name: `Filter ${name}`, settings: all})),
        targets: (state.targets ?? []).filter(target => target.settings).map(({name, settings: all}) => ({name, settings: all})),
        others: [['Health', state.health], ['The console', state.node]].filter(([, owner]) => owner?.settings?.length)
            .map(([name, owner]) => ({name, settings: owner.settings})),
        mayAct: state.mayAct,
      });
    }
  };
  details.addEventListener('toggle', () => update(page.state ?? {}));
  return update;
}
