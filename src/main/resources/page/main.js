/** Begins: who is signed in, then the view of the address, and the next one whenever that changes. */

import { h } from './dom.js';
import { here } from './route.js';
import { begin, canSignIn, signIn } from './session.js';
import { Problem } from './api.js';
import { announce } from './notes.js';
import { complaint, empty, failure, loading } from './states.js';
import { shell } from './shell.js';
import { text } from './text.js';
import { overview } from './overview.js';
import { upload } from './upload.js';
import { objects } from './objects.js';
import { object } from './object.js';
import { rows } from './rows.js';
import { row } from './row.js';
import { tail } from './tail.js';
import { letters } from './letters.js';
import { letter } from './letter.js';

/** By the first part of the address and how many parts it has. */
const VIEWS = {
  '': [overview],
  upload: [null, upload],
  objects: [null, objects, object],
  rows: [null, rows, rows, row],
  live: [null, tail],
  letters: [null, letters, letter],
};

const main = document.getElementById('main');
let leaving = new AbortController();

function show() {
  leaving.abort();
  leaving = new AbortController();
  const { path, query } = here();
  const view = VIEWS[path[0] ?? '']?.[path.length] ?? nowhere;
  const { title, element } = view({ path, query, signal: leaving.signal });
  document.title = title === text.name ? title : `${title} · ${text.name}`;
  top.mark(path[0] ?? '');
  main.replaceChildren(element);
}

/** Who goes by keyboard or listens goes on at the new view's title. */
function move() {
  show();
  main.querySelector('h1')?.focus({ preventScroll: true });
  scrollTo(0, 0);
  announce(document.title);
}

function nowhere() {
  return { title: text.nowhere.title, element: empty(text.nowhere.title, h('a', { href: '#/' }, text.nowhere.hint)) };
}

function signedOut(hint = text.signIn.hint, title = text.signIn.title) {
  leaving.abort();
  document.title = `${text.signIn.title} · ${text.name}`;
  main.replaceChildren(h('section', { class: 'door' },
    h('h1', { tabindex: '-1' }, title),
    h('p', {}, hint),
    canSignIn()
      ? h('button', { type: 'button', class: 'main', click: signIn }, text.signIn.action)
      : complaint({ message: text.signIn.needsHttps })));
  (main.querySelector('button') ?? main.querySelector('h1')).focus();
}

let top;

async function start() {
  main.replaceChildren(loading());
  try {
    const access = await begin(() => {
      top.signedIn(false);
      signedOut(text.signIn.ended);
    });
    top = shell(access);
    if (access === 'signed-out') {
      signedOut();
    } else {
      show();
      addEventListener('hashchange', move);
    }
  } catch (wrong) {
    top = shell('signed-out');
    const problem = new Problem(0, text.signIn.failed, wrong.message || text.signIn.failedHint);
    main.replaceChildren(h('h1', { class: 'unseen' }, text.name), failure(problem, () => location.reload()));
  }
}

start();
