// What happened in the last 15 minutes: one plot with a choice, and a sparkline for each target.
import {attribute, h, svg, text} from './dom.js';
import {rate, time} from './words.js';

const SPAN_MILLIS = 15 * 60 * 1000;
const HEIGHT = 240;

/** The history as far as this page knows it: what comes is put behind what is there. */
export class History {
  times = [];
  series = new Map();
  stepMillis = 5000;
  /** How many filters, policies and targets the node had no place for. */
  leftOut = 0;

  get last() {
    return this.times.at(-1);
  }

  add({stepMillis, times, series, leftOut = 0}) {
    this.stepMillis = stepMillis;
    this.leftOut = leftOut;
    if (times.at(-1) < this.last) { // The node's clock was set back, and it tells everything anew.
      this.times = [];
      this.series.clear();
    }
    const from = this.last === undefined ? 0 : times.findIndex(at => at > this.last);
    if (from < 0 || times.length === 0) {
      return false;
    }
    const before = this.times.length;
    this.times.push(...times.slice(from));
    for (const one of series) {
      const key = [one.subject, one.filter ?? one.target, one.policy ?? '', one.name].join('\n');
      if (!this.series.has(key)) {
        this.series.set(key, {...one, values: Array(before).fill(null)});
      }
      this.series.get(key).values.push(...one.values.slice(from));
    }
    const old = this.times.findIndex(at => at > this.last - SPAN_MILLIS);
    this.times.splice(0, old);
    for (const [key, one] of this.series) {
      one.values.splice(0, old);
      while (one.values.length < this.times.length) {
        one.values.push(null);
      }
      if (one.values.every(value => value === null)) {
        this.series.delete(key);
      }
    }
    return true;
  }

  /** Several series as one; a moment of which none knows anything stays a gap. */
  total(wanted) {
    const all = [...this.series.values()].filter(wanted);
    return all.length === 0 ? undefined : this.times.map((at, index) => {
      const known = all.map(one => one.values[index]).filter(value => value !== null && value !== undefined);
      return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
    });
  }
}

const ofFilter = (filter, policy, name) => one => one.subject === 'filter' && one.filter === filter && one.name === name
    && (policy === undefined || one.policy === policy);
const ofTarget = (target, name) => one => one.subject === 'target' && one.target === target && one.name === name;

const DECISIONS = (filter, policy) => [
  {label: 'allowed', colour: '--allowed', wanted: ofFilter(filter, policy, 'allowed'), fill: true},
  {label: 'refused', colour: '--refused', wanted: ofFilter(filter, policy, 'refused'), fill: true},
  {label: 'would be refused (shadow)', colour: '--shadow', wanted: ofFilter(filter, policy, 'shadow-refused'), dash: [6, 4]},
];

/** What may be chosen: [group, label, lines]. */
function choices(state) {
  const all = [];
  for (const filter of state.filters ?? []) {
    const policies = filter.policies ?? [];
    if (policies.length > 1) {
      all.push([filter.name, 'all policies, per second', DECISIONS(filter.name)]);
    }
    for (const policy of policies) {
      all.push([filter.name, `policy ${policy.name}, per second`, DECISIONS(filter.name, policy.name)]);
    }
    all.push([filter.name, 'requests in flight',
      [{label: 'in flight', colour: '--allowed', wanted: ofFilter(filter.name, undefined, 'in-flight'), fill: true}]]);
  }
  for (const {name} of state.targets ?? []) {
    all.push(['Targets', `calls to ${name}, per second`, [
      {label: 'calls', colour: '--allowed', wanted: ofTarget(name, 'calls'), fill: true},
      {label: 'unsuccessful', colour: '--refused', wanted: ofTarget(name, 'unsuccessful'), fill: true},
      {label: 'retries', colour: '--shadow', wanted: ofTarget(name, 'retries'), dash: [6, 4]},
    ]]);
  }
  return all;
}

/** Seconds only while there is so little history that minutes would say the same twice. */
const clock = (at, all) => time(at * 1000).slice(0, all.at(-1) - all[0] < 240 ? 8 : 5);

export class Traffic {
  #place = document.getElementById('traffic');
  #select = document.getElementById('traffic-choice');
  #legend = document.getElementById('traffic-legend');
  #probe = h('span', {hidden: true});
  #offered = '';
  #choices = new Map();
  #lines = [];
  #history = new History();
  #plot;

  constructor() {
    document.body.append(this.#probe);
    this.#select.addEventListener('change', () => this.#build());
    new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(this.#place);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.redraw());
  }

  offer(state) {
    const all = choices(state);
    const offered = JSON.stringify(all);
    if (offered === this.#offered || document.activeElement === this.#select) {
      return;
    }
    this.#offered = offered;
    const before = this.#select.value;
    const groups = new Map();
    this.#choices.clear();
    for (const [group, label, lines] of all) {
      const value = `${group}: ${label}`;
      this.#choices.set(value, lines);
      groups.set(group, [...(groups.get(group) ?? []), h('option', {value}, label)]);
    }
    this.#select.replaceChildren(...[...groups].map(([group, options]) => h('optgroup', {label: group}, options)));
    this.#select.disabled = all.length === 0;
    if (this.#choices.has(before)) {
      this.#select.value = before;
    }
    this.#build();
  }

  show(history) {
    this.#history = history;
    if (this.#plot === undefined) {
      this.#build();
    } else {
      this.#plot.setData(this.#data());
      this.#say();
    }
  }

  redraw() {
    this.#plot?.redraw(false, true);
  }

  #size() {
    return {width: Math.max(200, this.#place.clientWidth), height: HEIGHT};
  }

  #data() {
    return [this.#history.times.map(at => at / 1000),
      ...this.#lines.map(line => this.#history.total(line.wanted) ?? this.#history.times.map(() => null))];
  }

  #colour(name, share = 100) {
    // Computed, since the canvas knows neither variables nor light-dark().
    this.#probe.style.color = share === 100 ? `var(${name})` : `color-mix(in srgb, var(${name}) ${share}%, transparent)`;
    return getComputedStyle(this.#probe).color;
  }

  #build() {
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#lines = this.#choices.get(this.#select.value) ?? [];
    if (this.#history.times.length < 2 || this.#lines.length === 0) {
      this.#legend.replaceChildren();
      this.#place.replaceChildren(h('p', {class: 'empty'}, this.#lines.length === 0
          ? 'Nothing to plot: this application has no filter and no target yet.'
          : 'No history yet: the node takes a point every few seconds; the first ones are on their way.'));
      attribute(this.#place, 'aria-label', 'No history yet');
      return;
    }
    this.#place.replaceChildren();
    this.#legend.replaceChildren(h('span', {class: 'at'}), ...this.#lines.map(line => {
      const key = h('span', {class: 'key' + (line.dash ? ' dashed' : '')});
      key.style.borderColor = `var(${line.colour})`;
      return h('span', {}, key, `${line.label} `, h('b', {}));
    }));
    const axis = {
      stroke: () => this.#colour('--muted'), font: '12px system-ui, sans-serif',
      grid: {stroke: () => this.#colour('--line'), width: 1}, ticks: {show: false},
    };
    this.#plot = new uPlot({
      ...this.#size(),
      legend: {show: false},
      cursor: {y: false, drag: {setScale: false}},
      scales: {x: {range: (plot, least, most) => [Math.min(least, most - 60), most]},
        y: {range: (plot, least, most) => [0, Math.max(1, (most ?? 0) * 1.1)]}},
      axes: [{...axis, values: (plot, all) => all.map(at => clock(at, all)), space: 90, size: 28}, {...axis, size: 48, values: (plot, all) => all.map(value => `${value}`)}],
      series: [{}, ...this.#lines.map(line => ({
        stroke: () => this.#colour(line.colour),
        fill: line.fill ? () => this.#colour(line.colour, 14) : undefined,
        dash: line.dash, width: 2, points: {show: false},
      }))],
      hooks: {setCursor: [() => this.#say()]},
    }, this.#data(), this.#place);
    this.#say();
  }

  /** The values under the pointer, or the newest. */
  #say() {
    const plot = this.#plot;
    const newest = plot.data[0].length - 1;
    const index = plot.cursor.idx ?? newest;
    const [at, ...keys] = this.#legend.children;
    text(at, index === newest ? '' : time(plot.data[0][index] * 1000));
    this.#lines.forEach((line, number) => text(keys[number].lastChild, rate(plot.data[number + 1][index])));
    attribute(this.#place, 'aria-label', `${this.#select.value}, last 15 minutes. Now: `
        + this.#lines.map((line, number) => `${line.label} ${rate(plot.data[number + 1][newest])}`).join(', '));
  }
}

const WIDE = 180;
const HIGH = 40;

/** Calls as an area, and the unsuccessful among them. */
export class Sparkline {
  #calls = svg('path', {class: 'calls'});
  #unsuccessful = svg('path', {class: 'unsuccessful'});
  node = svg('svg', {class: 'spark', viewBox: `0 0 ${WIDE} ${HIGH}`, preserveAspectRatio: 'none', 'aria-hidden': 'true'},
      this.#calls, this.#unsuccessful);

  draw(history, target) {
    const find = name => history.series.get(['target', target, '', name].join('\n'))?.values ?? [];
    const calls = find('calls');
    const most = Math.max(1, ...calls) * 1.05;
    attribute(this.#calls, 'd', area(calls, most));
    attribute(this.#unsuccessful, 'd', area(find('unsuccessful'), most));
  }
}

/** What is not known is a gap. */
function area(values, most) {
  const x = index => (index * WIDE / Math.max(1, values.length - 1)).toFixed(1);
  let drawn = '';
  let before = null;
  values.forEach((value, index) => {
    if (value !== null) {
      drawn += `${before === null ? `M${x(index)} ${HIGH}V` : `L${x(index)} `}${(HIGH * (1 - Math.min(1, value / most))).toFixed(1)}`;
    } else if (before !== null) {
      drawn += `V${HIGH}`;
    }
    before = value;
  });
  return before === null ? drawn : `${drawn}V${HIGH}`;
}
