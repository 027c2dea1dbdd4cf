/**
 * Who is signed in: authorization code with PKCE (RFC 7636, and RFC 9700 for browsers). Tokens are in memory only and end
 * with the page; what the way to the issuer and back needs lies in the tab's sessionStorage until then.
 */

import { text } from './text.js';

const JOURNEY = 'sluice.sign-in';
const EARLY_MS = 60_000;

let settings = { required: false };
let tokens = null;
let refreshing = null;
let onExpired = () => {};

/** @returns {'open' | 'signed-in' | 'signed-out'}; open where no issuer is set */
export async function begin(whenExpired) {
  onExpired = whenExpired;
  const reply = await fetch('api/sign-in', { headers: { accept: 'application/json' } }).catch(() => {
    throw new SignInError(text.problem.unreachable);
  });
  if (!reply.ok) throw new SignInError((await reply.json().catch(() => ({}))).detail ?? text.problem.status(reply.status));
  settings = await reply.json();
  if (!settings.required) return 'open';
  await comeBack();
  return tokens ? 'signed-in' : 'signed-out';
}

/** Browsers let a page that came over plain http from another machine compute no challenge. */
export function canSignIn() {
  return crypto.subtle !== undefined;
}

/** Leaves for the issuer. */
export async function signIn() {
  const verifier = random();
  const state = random();
  sessionStorage.setItem(JOURNEY, JSON.stringify({ verifier, state, place: location.hash }));
  const challenge = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  leaveFor(settings.authorizationEndpoint, {
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: ownAddress(),
    scope: settings.scopes.join(' '),
    state,
    code_challenge: base64url(challenge),
    code_challenge_method: 'S256',
  });
}

/** Forgets the tokens, and has the issuer forget the session if it can. */
export function signOut() {
  // First, so that nothing more is asked for without a token.
  expired();
  if (settings.endSessionEndpoint) {
    // The first is Cognito's name for it, the second OpenID Connect's.
    leaveFor(settings.endSessionEndpoint, {
      client_id: settings.clientId,
      logout_uri: ownAddress(),
      post_logout_redirect_uri: ownAddress(),
    });
  }
}

/**
 * The token to send; fetched anew shortly before it ends, if the issuer has given the means: once, however many ask for it.
 *
 * @throws SignInError if it has ended and the issuer does not answer; the next one to ask tries again
 */
export async function bearer() {
  if (tokens?.refresh && tokens.ends - Date.now() < EARLY_MS) {
    refreshing ??= refresh(tokens).finally(() => { refreshing = null; });
    await refreshing;
  }
  return tokens?.access ?? '';
}

async function refresh(old) {
  try {
    const fresh = await exchange({ grant_type: 'refresh_token', refresh_token: old.refresh }, old);
    // Whoever signed out meanwhile stays out.
    if (tokens === old) tokens = fresh;
  } catch (wrong) {
    if (wrong.code === 'invalid_grant') old.refresh = null;
    else if (old.ends <= Date.now()) throw wrong;
  }
}

/** Sluice takes the token no more. */
export function expired() {
  if (!settings.required) return;
  tokens = null;
  onExpired();
}

/** What to call who is signed in: the issuer's word, for show only. */
export function name() {
  return tokens?.name ?? '';
}

async function comeBack() {
  const query = new URLSearchParams(location.search);
  const journey = JSON.parse(sessionStorage.getItem(JOURNEY) ?? 'null');
  sessionStorage.removeItem(JOURNEY);
  if (!query.has('code') && !query.has('error')) return;
  history.replaceState(null, '', location.pathname + (journey?.place ?? ''));
  // Another state is another journey: neither somebody else's code is taken nor their words are shown.
  if (!journey || journey.state !== query.get('state')) throw new SignInError('');
  if (query.has('error')) throw new SignInError(query.get('error_description') ?? query.get('error'));
  tokens = await exchange({
    grant_type: 'authorization_code',
    code: query.get('code'),
    redirect_uri: ownAddress(),
    code_verifier: journey.verifier,
  });
}

/** Signing in did not work; the issuer's words, if it had any, and its code (RFC 6749, section 5.2). */
export class SignInError extends Error {
  status = 0;
  title = text.signIn.failed;

  constructor(message, code = '') {
    super(message);
    this.code = code;
  }
}

async function exchange(grant, old = null) {
  const body = new URLSearchParams({ ...grant, client_id: settings.clientId });
  const reply = await fetch(settings.tokenEndpoint, { method: 'POST', body, credentials: 'omit' }).catch(() => {
    throw new SignInError(text.signIn.issuerUnreachable);
  });
  const answer = await reply.json().catch(() => ({}));
  if (!reply.ok || !answer.access_token) throw new SignInError(answer.error_description ?? answer.error ?? '', answer.error);
  return {
    access: answer.access_token,
    refresh: answer.refresh_token ?? old?.refresh,
    ends: Date.now() + (answer.expires_in ?? 3600) * 1000,
    name: nameIn(answer.id_token) || old?.name || '',
  };
}

function nameIn(idToken) {
  try {
    const bytes = Uint8Array.from(atob(idToken.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    return claims.name ?? claims.email ?? claims.preferred_username ?? claims['cognito:username'] ?? claims.sub ?? '';
  } catch {
    return '';
  }
}

function leaveFor(endpoint, query) {
  const address = new URL(endpoint);
  for (const [key, value] of Object.entries(query)) address.searchParams.set(key, value);
  location.assign(address);
}

function ownAddress() {
  return location.origin + location.pathname;
}

function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}
