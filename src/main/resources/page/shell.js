/** What stands around every view: name, navigation, who is signed in, and where nobody is asked to, that. */

import { h } from './dom.js';
import { to } from './route.js';
import { name, signOut } from './session.js';
import { notes } from './notes.js';
import { catchFiles } from './drop.js';
import { transfers } from './transfers.js';
import { text } from './text.js';

const PLACES = ['', 'objects', 'rows', 'live', 'letters'];

export function shell(access) {
  const links = PLACES.map((place) => [place, h('a', { href: to(place ? [place] : []) }, text.places[place])]);
  const uploads = h('a', { class: 'button main', href: to(['upload']) }, text.places.upload, ' ', transfers.counter());
  const nav = h('nav', { 'aria-label': text.navigation }, links.map(([, link]) => link));
  const person = access === 'signed-in' && h('span', { class: 'person' }, name(),
    h('button', { type: 'button', class: 'quiet', click: signOut }, text.signIn.out));
  const header = document.getElementById('top');
  header.replaceChildren(...[
    h('a', { class: 'skip', href: '#main', click: skip }, text.skip),
    access === 'open' && h('p', { class: 'banner' }, text.openBanner),
    h('div', { class: 'bar' },
      h('a', { class: 'name', href: '#/' }, h('img', { src: icon(), alt: '', width: 24, height: 24 }), text.name),
      nav,
      h('div', { class: 'beside' }, uploads, person || '')),
  ].filter(Boolean));
  document.body.append(notes());
  signedIn(access !== 'signed-out');
  if (access !== 'signed-out') catchFiles();

  function signedIn(yes) {
    nav.hidden = !yes;
    uploads.hidden = !yes;
    if (person) person.hidden = !yes;
  }

  return {
    signedIn,
    mark(current) {
      [...links, ['upload', uploads]].forEach(([place, link]) => {
        if (place === current) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
      });
    },
  };
}

/** The address belongs to the views. */
function skip(event) {
  event.preventDefault();
  (document.querySelector('main h1') ?? document.querySelector('main')).focus();
}

/** Where this file lies, the picture lies. */
function icon() {
  return new URL('icon.svg', import.meta.url).href;
}
