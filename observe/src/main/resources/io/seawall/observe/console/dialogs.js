// One dialog that says what happens and where, and asks; one line that says what came of it.
import {h, text} from './dom.js';

const dialog = document.getElementById('dialog');
const result = document.getElementById('result');
const RESULT_MILLIS = 12000;
let hiding;

export function tell(words, level = 'good') {
  result.dataset.level = level;
  text(result, words);
  result.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    result.hidden = true;
  }, RESULT_MILLIS);
}

/**
 * Asks before run(values) is done.
 * question: {title, words, where, verb, danger, fields: [nodes with a name], run: values => promise of words}
 */
export function confirm(question) {
  const problem = h('p', {class: 'problem', role: 'alert'});
  const go = h('button', {type: 'submit', class: question.danger ? 'danger' : 'primary'}, question.verb);
  const form = h('form', {submit: event => {
    event.preventDefault();
    run(question, form, go, problem);
  }},
  h('h2', {id: 'dialog-title'}, question.title),
  h('p', {}, question.words),
  question.fields ?? [],
  h('p', {class: 'where'}, question.where),
  problem,
  h('div', {class: 'buttons'},
      h('button', {type: 'button', click: () => dialog.close()}, 'Cancel'), go));
  dialog.replaceChildren(form);
  dialog.showModal();
}

async function run(question, form, go, problem) {
  if (go.ariaBusy === 'true') {
    return;
  }
  go.ariaBusy = 'true'; // disabled, it would lose the keyboard
  text(problem, '');
  try {
    const done = await question.run(Object.fromEntries(new FormData(form)));
    dialog.close();
    tell(done);
  } catch (failure) {
    text(problem, `Not done: ${failure.message}`);
  } finally {
    go.ariaBusy = 'false';
  }
}
