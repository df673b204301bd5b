// Every target as a circuit.
import {attribute, empty, h, list, text} from './dom.js';
import {confirm} from './dialogs.js';
import {Sparkline} from './plots.js';
import {NONE, STATES, count, failing, inTrouble, lasting, millis, percent, rate, sickness, sum} from './words.js';

export function targets(page) {
  const root = document.getElementById('targets');
  const find = document.getElementById('targets-filter');
  const sick = document.getElementById('targets-sick');
  const total = document.getElementById('targets-count');
  const none = empty('No target yet: nothing is guarded by @Resilient or Targets, or nothing was deployed with it.');
  const noneFound = empty('No target is like that.');
  const tiles = h('div', {class: 'grid'});
  root.append(none, noneFound, tiles);
  const known = new Map();
  const update = list(tiles, target => {
    const made = tile(page, target);
    known.set(target.name, made);
    return made;
  });

  const show = () => {
    const all = [...(page.state.targets ?? [])].sort((one, other) =>
        sickness(one) - sickness(other) || one.name.localeCompare(other.name));
    const words = find.value.trim().toLowerCase();
    const found = all.filter(target => target.name.toLowerCase().includes(words) && (!sick.checked || inTrouble(target)));
    none.hidden = all.length > 0;
    noneFound.hidden = all.length === 0 || found.length > 0;
    const trouble = all.filter(inTrouble).length;
    text(total, all.length === 0 ? '' : `${count(all.length)} in all, ${trouble === 0 ? 'none' : count(trouble)} in trouble`
        + (found.length < all.length ? `, ${count(found.length)} shown` : '')
        + (page.history.leftOut > 0 ? '; of the least called the node keeps no history, so their plots stay empty' : ''));
    document.getElementById('targets-find').hidden = document.getElementById('targets-only').hidden = all.length < 2;
    // Nothing is moved away from under a pointer or from below a hand on the keyboard.
    update(found, target => target.name, tiles.matches(':hover') || tiles.contains(document.activeElement));
  };
  find.addEventListener('input', show);
  sick.addEventListener('change', show);
  return {
    update: show,
    draw: history => {
      for (const [name, {node, spark}] of known) {
        if (node.isConnected) {
          spark.draw(history, name);
        } else {
          known.delete(name);
        }
      }
    },
  };
}

const fact = (words, title, node) => h('div', {title}, h('dt', {}, words), h('dd', {}, node));

function tile(page, {name}) {
  const metric = (what, label = '') => `seawall_${what}{target="${name}"${label}}`;
  const spark = new Sparkline();
  spark.draw(page.history, name);
  const word = h('span', {class: 'word', title: metric('breaker_state')});
  const since = h('span', {class: 'since'});
  const calls = h('b', {});
  const share = h('b', {});
  const outcomes = h('p', {class: 'outcomes', title: metric('calls_unsuccessful_total', ',outcome="…"')});
  const value = () => h('span', {});
  const failures = value();
  const rule = h('span', {class: 'hint'});
  const retries = value();
  const flight = value();
  const full = h('progress', {'aria-hidden': 'true'});
  const latency = value();
  const buttons = h('div', {class: 'buttons'});
  const ask = action => ({
    where: `On this node only: ${page.place()}.`,
    run: () => page.act({action, target: name}),
  });
  const act = {
    open: button('Force open…', () => confirm({
      title: `Force the circuit of ${name} open?`,
      words: `No call reaches ${name}: each is refused at once, or gets its fallback, until somebody resets the circuit.`,
      verb: 'Force open', danger: true, ...ask('force-open')})),
    disable: button('Disable…', () => confirm({
      title: `Disable the circuit of ${name}?`,
      words: `Every call goes to ${name}, however many fail, until somebody resets the circuit.`,
      verb: 'Disable', danger: true, ...ask('disable')})),
    reset: button('Reset…', () => confirm({
      title: `Reset the circuit of ${name}?`,
      words: 'The circuit is closed, and its failures are forgotten: calls go through at once.',
      verb: 'Reset', ...ask('reset-breaker')})),
  };
  function button(words, click) {
    return h('button', {type: 'button', class: 'small', 'aria-label': `${words.replace('…', '')} ${name}`, click}, words);
  }
  const bulkhead = fact('In flight', metric('bulkhead_used'), [flight, full]);
  const node = h('article', {class: 'tile', 'aria-label': `Target ${name}`},
      h('header', {}, h('span', {class: 'shape', 'aria-hidden': 'true'}), h('h3', {title: name}, name), word, since),
      spark.node,
      h('div', {class: 'big'},
          h('p', {title: metric('calls_total')}, calls, ' calls/s'),
          h('p', {class: 'share', title: metric('calls_unsuccessful_total')}, share, ' unsuccessful')),
      outcomes,
      h('dl', {},
          fact('Failures', metric('breaker_transitions_total'), [failures, rule]),
          bulkhead,
          fact('p50 / p99', metric('attempt_duration_seconds'), latency),
          fact('Retries', `${metric('retries_total')}, ${metric('retry_budget_total', ',outcome="…"')}`, retries)),
      buttons);

  return {node, spark, update: target => {
    const {breaker, bulkhead: room} = target;
    const state = STATES[breaker?.state] ?? {words: breaker?.state ?? 'no circuit', level: 'idle'};
    const bad = state.level === 'good' && failing(target);
    attribute(node, 'data-level', bad ? 'warn' : state.level);
    text(word, bad ? `${state.words}, failing` : state.words);
    text(since, breaker?.sinceMillis !== undefined && breaker.state !== 'closed' ? `for ${lasting(breaker.sinceMillis)}` : '');
    const unsuccessful = sum(target.unsuccessful);
    text(calls, rate(target.calls));
    text(share, percent(unsuccessful, target.calls));
    attribute(share.parentNode, 'data-some', unsuccessful > 0);
    text(outcomes, Object.entries(target.unsuccessful ?? {}).filter(([, some]) => some > 0)
        .map(([outcome, some]) => `${outcome.replaceAll('-', ' ')} ${rate(some)}/s`).join(' · ')
        || (target.calls > 0 ? 'every call had its answer' : 'no calls'));
    text(failures, count(breaker?.failures));
    text(rule, breaker?.rule ? ` opens at ${breaker.rule}` : '');
    text(retries, target.retries === undefined ? NONE
        : `${rate(target.retries)}/s` + (target.budget ? `, budget refuses ${rate(target.budget.refused)}/s` : ''));
    text(flight, room ? `${count(room.used)} of ${count(room.limit)}` + (room.waiting > 0 ? `, ${count(room.waiting)} wait` : '')
        : count(target.inFlight));
    attribute(bulkhead, 'title', room ? `${metric('bulkhead_used')}, …_waiting, …_limit` : metric('attempts_in_flight'));
    full.hidden = !room;
    if (room) {
      full.max = Math.max(1, room.limit);
      full.value = room.used;
    }
    text(latency, `${millis(target.p50Millis)} / ${millis(target.p99Millis)}`);
    const mayAct = page.state.mayAct && breaker !== undefined;
    if (mayAct !== buttons.hasChildNodes()) {
      buttons.replaceChildren(...(mayAct ? [act.open, act.disable, act.reset] : []));
    }
    act.open.disabled = breaker?.state === 'forced-open';
    act.disable.disabled = breaker?.state === 'disabled';
  }};
}
