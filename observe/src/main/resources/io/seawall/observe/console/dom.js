// Nodes and texts only: nothing here, or anywhere in the console, makes markup from values.

const SVG = 'http://www.w3.org/2000/svg';

/** h('td', {class: 'number', title: '…', click: listener}, children…): an element. What is undefined is left out. */
export function h(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

export function svg(tag, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') {
      node.addEventListener(name, value);
    } else {
      attribute(node, name, value);
    }
  }
  node.append(...children.flat().filter(child => child !== undefined && child !== null && child !== false));
  return node;
}

/** Only what differs is written: focus, selection and the live regions stay as they are. */
export function attribute(node, name, value) {
  if (value === undefined || value === null || value === false) {
    if (node.hasAttribute(name)) {
      node.removeAttribute(name);
    }
  } else {
    const text = value === true ? '' : String(value);
    if (node.getAttribute(name) !== text) {
      node.setAttribute(name, text);
    }
  }
}

export function text(node, value) {
  const words = value === undefined || value === null ? '' : String(value);
  if (node.textContent !== words) {
    node.textContent = words;
  }
  return node;
}

/** The children of a node, one for each item: create(item) makes {node, update(item)} once for each key. */
export function list(parent, create) {
  const known = new Map();
  return (items, keyOf, keepOrder = false) => {
    const seen = new Set();
    for (const item of items) {
      const key = keyOf(item);
      seen.add(key);
      if (!known.has(key)) {
        const made = create(item);
        known.set(key, made);
        parent.append(made.node);
      }
      known.get(key).update?.(item);
    }
    for (const [key, {node}] of known) {
      if (!seen.has(key)) {
        node.remove();
        known.delete(key);
      }
    }
    if (!keepOrder) {
      let place = parent.firstChild;
      for (const item of items) {
        const {node} = known.get(keyOf(item));
        if (node === place) {
          place = place.nextSibling;
        } else {
          parent.insertBefore(node, place);
        }
      }
    }
  };
}

/** A place that is built anew only when what it shows has changed; while somebody is in it, it waits. */
export function rebuilt(parent, build) {
  let shown;
  return value => {
    const now = JSON.stringify(value);
    if (now !== shown && !parent.contains(document.activeElement)) {
      shown = now;
      parent.replaceChildren(...[build(value)].flat());
    }
  };
}

/** A table with a head; each column is {title, number, hidden}. */
export function table(caption, columns) {
  const body = h('tbody');
  const head = h('tr', {}, columns.map(column =>
      h('th', {scope: 'col', class: column.number && 'number', title: column.metric},
          column.hidden ? h('span', {class: 'unseen'}, column.title) : column.title)));
  return {node: h('table', {}, h('caption', {class: 'unseen'}, caption), h('thead', {}, head), body), body};
}

export const empty = words => h('p', {class: 'empty'}, words);
