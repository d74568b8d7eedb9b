// A portal as small as can be: it signs people in through the browser and pages through the chargers of the demo tenant.
import createClient from 'openapi-fetch';
import { UserManager } from 'oidc-client-ts';
import type { paths } from './api';

const API: string = import.meta.env.VITE_API ?? 'http://127.0.0.1:8080';

const session = new UserManager({
  authority: API, // When deployed, these two are what your identity provider says they are.
  client_id: 'tenantry-portal',
  redirect_uri: `${location.origin}/callback`,
  post_logout_redirect_uri: location.origin,
  scope: 'openid profile email',
});

// JSON, since a list can also be CSV.
const client = createClient<paths, `application/${string}json`>({ baseUrl: API });
client.use({
  async onRequest({ request }) {
    request.headers.set('Authorization', `Bearer ${(await session.getUser())?.id_token}`);
    return request;
  },
});

const find = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector)!;
const status = find('#status');
const signIn = find<HTMLButtonElement>('#sign-in');
const more = find<HTMLButtonElement>('#more');

/** Adds the page of chargers at a cursor; without one, the first page. */
async function show(cursor?: string): Promise<void> {
  more.disabled = true;
  const { data, error, response } = await client.GET('/tenant/{tenant}/charger', {
    params: { path: { tenant: 'demo' }, query: { limit: 5, cursor } },
  });
  if (error) throw new Error('code' in error ? error.detail : error.message);
  for (const { identity, chargePointModel, online } of data) {
    const row = find<HTMLTableSectionElement>('tbody').insertRow();
    for (const text of [identity, chargePointModel ?? '', online ? 'yes' : 'no']) row.insertCell().textContent = text;
  }
  // `Link` has the next page's address; the last page has no `Link`.
  const next = /<([^>]*)>; rel="next"/.exec(response.headers.get('Link') ?? '')?.[1];
  const following = next && new URL(next, API).searchParams.get('cursor');
  more.hidden = !following;
  if (following) more.onclick = () => attempt(() => show(following));
}

/** Whatever fails, people read why and can sign in anew, as they have to when `./run` was started again. */
async function attempt(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (failure) {
    status.textContent = String(failure);
    signIn.hidden = false;
  }
  more.disabled = false;
}

signIn.onclick = () => attempt(() => session.signinRedirect());
find('#sign-out').onclick = () => attempt(() => session.signoutRedirect());

await attempt(async () => {
  if (location.pathname === '/callback') {
    const answer = location.href;
    history.replaceState(null, '', '/');
    await session.signinRedirectCallback(answer);
  }
  const user = await session.getUser();
  signIn.hidden = user !== null && !user.expired;
  if (!user || user.expired) return;
  status.textContent = `Signed in as ${user.profile.email}`;
  find('main').hidden = false;
  await show();
});
