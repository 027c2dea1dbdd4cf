/** Elements from code. What is shown is always text, never markup. */

const SVG = 'http://www.w3.org/2000/svg';

/** An element; attributes that are false, null or undefined are left out, functions listen to the event of their name. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for a picture. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (name === 'style') {
      // One by one: the page's policy allows no style attribute.
      for (const [property, set] of Object.entries(value)) element.style.setProperty(property, set);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value != null) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

const shown = new WeakMap();

/**
 * Makes the children of an element those of the items, in their order. A child whose item is as it was stays what it is,
 * so that focus, selection and scrolling survive a look that found nothing new.
 */
export function keep(parent, items, keyOf, render) {
  const focus = focusIn(parent);
  const old = new Map([...parent.children].map((child) => [shown.get(child)?.key, child]));
  let at = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const print = JSON.stringify(item);
    let child = old.get(key);
    old.delete(key);
    if (!child || shown.get(child).print !== print) {
      const fresh = render(item);
      shown.set(fresh, { key, print });
      if (child) {
        if (child === at) at = fresh;
        child.replaceWith(fresh);
      }
      child = fresh;
    }
    if (child === at) at = at.nextElementSibling;
    else parent.insertBefore(child, at);
  }
  old.forEach((child) => child.remove());
  focus?.();
}

/** How to bring the focus back to what stands for the same thing. */
function focusIn(parent) {
  const active = document.activeElement;
  if (active === parent || !parent.contains(active)) return null;
  const child = [...parent.children].find((one) => one.contains(active));
  const { key } = shown.get(child) ?? {};
  const place = focusable(child).indexOf(active);
  return () => {
    if (document.activeElement === active) return;
    const now = [...parent.children].find((one) => shown.get(one)?.key === key);
    focusable(now)[place]?.focus({ preventScroll: true });
  };
}

function focusable(element) {
  return element ? [...element.querySelectorAll('a, button, input, select, summary')] : [];
}
