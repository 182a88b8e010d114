/** The hub's web page for signing in, /oauth2/authorize, reduced to a form. */
import { bodyText, type Call } from './call.ts';
import type { Hub } from './hub.ts';
import { giveCode } from './pkce.ts';
import { type Reply, redirect } from './reply.ts';

const CARRIED = ['client_id', 'redirect_uri', 'state', 'scope'];

/** GET shows the form, POST signs in and sends the browser back to the program with a code. */
export async function signInPage(hub: Hub, call: Call): Promise<Reply> {
  if (call.method !== 'POST') return page(call.query, '', 200);
  const form = new URLSearchParams(await bodyText(call));
  const account = hub.accounts.find(form.get('username') ?? '');
  if (account?.challenge !== '' || !hub.accounts.passwordIs(account, form.get('password') ?? '')) {
    return page(form, 'Wrong user name or password.', 401);
  }
  const given = await giveCode(hub, call, account.prn, {
    service: form.get('client_id') ?? '',
    scopes: form.get('scope') ?? '',
    state: form.get('state') ?? '',
    redirect_uri: form.get('redirect_uri') ?? '',
  });
  return { ...redirect(303, given.redirectUri), cookies: given.cookies };
}

function page(values: URLSearchParams, problem: string, status: number): Reply {
  const hidden = CARRIED.map((name) => `<input type="hidden" name="${name}" value="${escaped(values.get(name) ?? '')}">`).join(
    '\n',
  );
  const body = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in to the hub</title></head>
<body><main><h1>Sign in to the hub</h1>
<p>${escaped(values.get('client_id') ?? '')} wants to use your account.</p>
<p role="alert">${escaped(problem)}</p>
<form method="post" action="/oauth2/authorize">
${hidden}
<label>User name <input name="username" autocomplete="username" autofocus></label>
<label>Password <input name="password" type="password" autocomplete="current-password"></label>
<button type="submit">Sign in</button>
</form></main></body></html>`;
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
