// What would become of a request: the form, and the answer in words and as a table.
import {empty, h, rebuilt, table} from './dom.js';
import {explain as ask} from './api.js';
import {NONE, count} from './words.js';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

export function explain() {
  const root = document.getElementById('explain');
  const answer = h('div', {class: 'answer', 'aria-live': 'polite'});
  const filter = h('select', {name: 'filter'});
  const filterLabel = h('label', {}, 'Filter', filter);
  const go = h('button', {type: 'submit', class: 'primary'}, 'Explain');
  const input = (words, name, properties = {}) =>
      h('label', {class: properties.class}, words, h('input', {name, autocomplete: 'off', spellcheck: 'false', ...properties, class: undefined}));
  const form = h('form', {class: 'request', submit: event => {
    event.preventDefault();
    run(form, go, answer);
  }},
  filterLabel,
  h('label', {}, 'Method', h('select', {name: 'method'}, METHODS.map(method => h('option', {}, method)))),
  input('Path', 'path', {required: true, value: '/', pattern: '/.*', title: 'begins with /', class: 'path'}),
  input('Query', 'query', {placeholder: 'a=b'}),
  input('Address of the client', 'address', {value: '127.0.0.1', required: true}),
  input('Principal', 'principal', {placeholder: 'nobody'}),
  h('label', {class: 'headers'}, 'Headers, one a line', h('textarea', {name: 'headers', rows: 2, spellcheck: 'false', placeholder: 'X-Api-Key: …'})),
  go);
  const none = empty('No filter here that could be asked.');
  root.append(none, form, answer);
  const offer = rebuilt(filter, names => names.map(name => h('option', {value: name}, name)));
  return ({filters = []}) => {
    none.hidden = filters.length > 0;
    form.hidden = filters.length === 0;
    filterLabel.hidden = filters.length < 2;
    offer(filters.map(one => one.name));
  };
}

async function run(form, go, answer) {
  const {headers, ...rest} = Object.fromEntries(new FormData(form));
  const request = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
  request.headers = {};
  for (const line of headers.split('\n').filter(one => one.trim() !== '')) {
    const colon = line.indexOf(':');
    if (colon < 1) {
      answer.replaceChildren(h('p', {class: 'problem'}, `“${line}” is no header: write Name: value.`));
      return;
    }
    request.headers[line.slice(0, colon).trim()] = line.slice(colon + 1).trim();
  }
  if (go.ariaBusy === 'true') {
    return;
  }
  go.ariaBusy = 'true'; // disabled, it would lose the keyboard
  try {
    answer.replaceChildren(...said(await ask(request)));
  } catch (failure) {
    answer.replaceChildren(h('p', {class: 'problem'}, `No answer: ${failure.message}`));
  } finally {
    go.ariaBusy = 'false';
  }
}

function said({words, counted, exempt, policies = []}) {
  const sentence = h('p', {class: 'sentence'}, words ?? (counted ? 'This request would be counted.' : `Not counted: ${exempt}.`));
  if (policies.length === 0) {
    return [sentence];
  }
  const {node, body} = table('What each policy says', [
    {title: 'Policy'}, {title: 'Applies'}, {title: 'Client'}, {title: 'Cost', number: true}, {title: 'Limit'}, {title: 'Left', number: true}]);
  const cell = (label, value, number) => h('td', {'data-label': label, class: number && 'number'}, value);
  for (const policy of policies) {
    const limits = policy.limits?.length ? policy.limits : [{}];
    limits.forEach((limit, index) => body.append(h('tr', {},
        index === 0 ? h('th', {scope: 'row'}, policy.name) : h('td', {}),
        cell('Applies', index === 0 ? `${policy.applies ? 'yes' : 'no'}${policy.why ? `: ${policy.why}` : ''}` : ''),
        cell('Client', index === 0 ? `${policy.client ?? NONE}${policy.tier ? ` (tier ${policy.tier})` : ''}` : ''),
        cell('Cost', index === 0 ? count(policy.cost) : '', true),
        cell('Limit', limit.name ? `${limit.name} ${limit.text}${limit.override === undefined ? '' : `, overridden: ${count(limit.override)}`}` : NONE),
        cell('Left', limit.remaining === undefined ? NONE : `${count(limit.remaining)} of ${count(limit.override ?? limit.permits)}`, true))));
  }
  return [sentence, node];
}
