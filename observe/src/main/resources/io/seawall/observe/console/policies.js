// Filters: their policies, who is refused most, and what may be changed about both.
import {attribute, empty, h, list, rebuilt, table, text} from './dom.js';
import {confirm} from './dialogs.js';
import {count, iso, rate, time} from './words.js';

const metric = (name, filter, policy, outcome) =>
    `seawall_limit_${name}_total{filter="${filter}",policy="${policy}"${outcome ? `,outcome="${outcome}"` : ''}}`;

const rows = (state, of) => (state.filters ?? []).flatMap(filter => (filter[of] ?? []).map(item => ({filter, item})));

/** Changes of limits are in the store: with Redis, of all nodes. */
const where = (page, filter) => (filter.store?.kind === 'redis'
    ? `In Redis: for every node that shares it, not only ${page.place()}.` : `On this node only: ${page.place()}.`);

/** The name stands before it already. */
const windowOf = ({name, text: words}) => (words.startsWith(`${name}=`) ? words.slice(name.length + 1) : words);

export function policies(page) {
  const root = document.getElementById('policies');
  const {node, body} = table('Policies of the filters', [
    {title: 'Policy'}, {title: 'Limits'}, {title: 'Allowed/s', number: true}, {title: 'Refused/s', number: true},
    {title: 'Near/s', number: true}, {title: 'Shadow', number: true}]);
  const update = list(body, row => policy(page, row));
  const none = empty('No filter is at work. Declare io.seawall.filter.RateLimitFilter in web.xml; on some servers one that is declared begins with its first request.');
  root.append(none, node);
  return state => {
    const all = rows(state, 'policies');
    none.hidden = all.length > 0;
    node.hidden = all.length === 0;
    update(all, ({filter, item}) => `${filter.name}\n${item.name}`);
  };
}

function policy(page, {filter: {name: filterName}, item: {name}}) {
  let now;
  const cell = (label, key, counter, outcome) => h('td', {class: 'number', 'data-label': label, 'data-key': key,
    title: metric(counter, filterName, name, outcome)});
  const allowed = cell('Allowed/s', 'allowed', 'decisions', 'allowed');
  const refused = cell('Refused/s', 'refused', 'decisions', 'refused');
  const near = cell('Near/s', 'near', 'near');
  const client = h('span', {class: 'hint'});
  const limits = h('td', {'data-label': 'Limits'});
  const showLimits = rebuilt(limits, ({item, overrides, mayAct}) =>
    h('ul', {class: 'limits'},
        item.limits.map(limit => h('li', {},
            h('b', {}, limit.name), ` ${windowOf(limit)}`, limit.shadow && h('em', {class: 'tag'}, 'shadow'))),
        overrides.map(one => h('li', {class: 'override'},
            `${one.scope === 'all' ? 'everybody' : `${one.scope} ${one.name}`}: ${count(one.permits)} permits `,
            h('span', {class: 'hint'}, `(${one.limit})`),
            mayAct && h('button', {type: 'button', class: 'small', 'aria-label': `Remove the limit of ${one.scope} ${one.name ?? ''}`,
              click: () => removeLimit(page, now.filter, one)}, 'Remove')))));
  const set = h('button', {type: 'button', class: 'small', 'aria-label': `Set a limit of policy ${name}`,
    click: () => setLimit(page, now.filter, now.item)}, 'Set a limit…');
  const shadow = h('td', {class: 'number', 'data-label': 'Shadow', title: metric('decisions', filterName, name, 'shadow-refused')});
  const node = h('tr', {}, h('th', {scope: 'row'}, h('span', {class: 'name'}, name), client, h('span', {class: 'buttons'}, set)),
      limits, allowed, refused, near, shadow);
  const switched = h('button', {type: 'button', role: 'switch', class: 'switch', 'aria-label': `Shadow of policy ${name}`,
    click: () => shadowSwitch(page, now.filter, now.item)});
  const wouldRefuse = h('span', {class: 'hint'});
  const word = h('span', {});
  return {node, update: row => {
    now = row;
    const {filter, item} = row;
    const {mayAct} = page.state;
    set.hidden = !mayAct;
    text(client, `${item.client ? `per ${item.client}` : ''}${item.tiers?.length ? ` · tiers ${item.tiers.join(', ')}` : ''}`
        + (page.state.filters.length > 1 ? ` · ${filter.name}` : ''));
    showLimits({item: {limits: item.limits ?? []}, mayAct, overrides: (filter.overrides ?? []).filter(one => one.policy === name)});
    text(allowed, rate(item.allowed));
    text(refused, rate(item.refused));
    text(near, rate(item.near));
    attribute(node, 'data-refusing', item.refused > 0);
    if (mayAct) {
      attribute(switched, 'aria-checked', String(Boolean(item.shadow)));
      text(switched, item.shadow ? 'on' : 'off');
    } else {
      text(word, item.shadow ? 'on' : 'off');
    }
    const shown = mayAct ? switched : word;
    if (shown.parentNode !== shadow) {
      shadow.replaceChildren(shown, wouldRefuse);
    }
    text(wouldRefuse, item.shadow || item.shadowRefused > 0 ? `${rate(item.shadowRefused)}/s would be refused` : '');
  }};
}

function shadowSwitch(page, filter, {name, shadow}) {
  confirm({
    title: shadow ? `Let ${name} refuse again?` : `Switch ${name} to shadow?`,
    words: shadow ? 'The policy refuses again whoever is above a limit.'
        : 'The policy goes on counting, and refuses nobody: what it would have refused is counted as shadow-refused.',
    where: `On this node only: ${page.place()}, filter ${filter.name}.`,
    verb: shadow ? 'Shadow off' : 'Shadow on',
    danger: !shadow,
    run: () => page.act({action: 'shadow', filter: filter.name, policy: name, on: !shadow}),
  });
}

function setLimit(page, filter, {name, limits = [], tiers = []}, client) {
  const permits = h('input', {name: 'permits', type: 'number', min: 0, step: 1, required: true, value: limits[0]?.permits});
  const limit = h('select', {name: 'limit', change: () => {
    permits.value = limits.find(one => one.name === limit.value).permits;
  }}, limits.map(one => h('option', {value: one.name}, `${one.name} (${windowOf(one)})`)));
  const whom = h('input', {name: 'name', required: true, autocomplete: 'off', value: client, placeholder: 'ip 192.0.2.1'});
  const whomLabel = h('label', {}, 'Name of the client or tier', whom);
  const scope = h('select', {name: 'scope', change: () => {
    whom.disabled = whomLabel.hidden = scope.value === 'all';
  }}, h('option', {value: 'client'}, 'one client'), tiers.length > 0 && h('option', {value: 'tier'}, `a tier (${tiers.join(', ')})`),
  h('option', {value: 'all'}, 'everybody'));
  confirm({
    title: `Set a limit of ${name}`,
    words: 'As many permits as you say, in the same window, until this is removed again. 0 keeps them out.',
    where: where(page, filter),
    verb: 'Set',
    fields: [h('label', {}, 'Limit', limit), h('label', {}, 'For', scope), whomLabel, h('label', {}, 'Permits', permits)],
    run: values => page.act({action: 'set-limit', filter: filter.name, policy: name, ...values, permits: Number(values.permits)}),
  });
}

function removeLimit(page, filter, {policy: policyName, limit, scope, name}) {
  confirm({
    title: 'Remove this limit?',
    words: `${scope === 'all' ? 'Everybody' : `${scope} ${name}`} has the configured limit ${limit} of policy ${policyName} again.`,
    where: where(page, filter),
    verb: 'Remove',
    run: () => page.act({action: 'remove-limit', filter: filter.name, policy: policyName, limit, scope, name}),
  });
}

export function refusedClients(page) {
  const root = document.getElementById('refused');
  const {node, body} = table('Clients that were refused most often', [
    {title: 'Client'}, {title: 'Refusals', number: true}, {title: 'Last', number: true}]);
  const update = list(body, row => client(page, row));
  const none = empty('Nobody was refused since the node started.');
  root.append(none, node);
  return state => {
    const all = rows(state, 'topRefused').sort((one, other) => other.item.refusals - one.item.refusals);
    none.hidden = all.length > 0;
    node.hidden = all.length === 0;
    update(all, ({filter, item}) => `${filter.name}\n${item.policy}\n${item.client}`, root.contains(document.activeElement));
  };
}

function client(page, first) {
  let now = first;
  const {policy: policyName, client: name} = first.item;
  // A secret is shown by the start of its hash, and the node knows nobody by that.
  const isHash = /(^| )#[\w-]+$/.test(name);
  const refusals = h('td', {class: 'number', 'data-label': 'Refusals'});
  const last = h('time', {});
  const buttons = h('span', {class: 'buttons'},
      h('button', {type: 'button', class: 'small', 'aria-label': `Set a limit of ${name}`, click: () => {
        const policyOf = now.filter.policies.find(one => one.name === policyName);
        setLimit(page, now.filter, policyOf, name);
      }}, 'Set a limit…'),
      h('button', {type: 'button', class: 'small', 'aria-label': `Reset ${name}`, click: () => confirm({
        title: `Reset ${name}?`,
        words: `What the client has used of policy ${policyName} is forgotten: it has all its permits again.`,
        where: where(page, now.filter),
        verb: 'Reset',
        run: () => page.act({action: 'reset-client', filter: now.filter.name, policy: policyName, client: name}),
      })}, 'Reset…'));
  const node = h('tr', {}, h('th', {scope: 'row'}, h('span', {class: 'name'}, name), h('span', {class: 'hint'}, `policy ${policyName}${isHash ? ', shown by its hash' : ''}`), buttons),
      refusals, h('td', {class: 'number', 'data-label': 'Last'}, last));
  return {node, update: row => {
    now = row;
    buttons.hidden = !page.state.mayAct || isHash;
    text(refusals, count(row.item.refusals));
    text(last, time(row.item.lastAt));
    attribute(last, 'datetime', iso(row.item.lastAt));
  }};
}
