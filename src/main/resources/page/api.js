/** Requests to Sluice's API. */

import { ask } from './route.js';
import { bearer, expired } from './session.js';
import { exact } from './exact.js';
import { text } from './text.js';

/** A request was not answered as asked (RFC 9457); status 0 if not at all. */
export class Problem extends Error {
  constructor(status, title, detail) {
    super(detail);
    this.status = status;
    this.title = title;
  }
}

/** A path whose parts may hold anything. */
export function at(...parts) {
  return `api/${parts.map(encodeURIComponent).join('/')}`;
}

export function get(path, query = {}, signal = undefined) {
  return send('GET', path + ask(query), undefined, signal);
}

export function post(path, body = undefined) {
  return send('POST', path, body);
}

export function remove(path, query) {
  return send('DELETE', path + ask(query));
}

async function send(method, path, body, signal) {
  const token = await bearer();
  const headers = { accept: 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  const reply = await reach(path, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  if (reply.ok) return exact(await reply.text());
  if (reply.status === 401) expired();
  throw await problem(reply);
}

async function reach(path, request) {
  try {
    return await fetch(path, request);
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Problem(0, text.problem.unreachable, text.problem.unreachableHint);
  }
}

async function problem(reply) {
  try {
    const { title, detail } = await reply.json();
    return new Problem(reply.status, title ?? text.problem.status(reply.status), detail ?? '');
  } catch {
    // A gateway's own error page.
    return new Problem(reply.status, text.problem.status(reply.status), text.problem.later);
  }
}
