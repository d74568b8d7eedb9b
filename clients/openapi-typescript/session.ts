// A session with the service by the types that openapi-typescript makes, and openapi-fetch, which calls by them.
import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { components, paths } from '../target/openapi-typescript/api';

const url = process.argv[2];

async function signIn(email: string) {
  const answer = await fetch(`${url}/_local/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return createClient<paths, `application/${string}json`>({ baseUrl: url, headers: { Authorization: `Bearer ${access_token}` } });
}

/** The cursor of the next page, if there is one. */
function next(page: Response): string | undefined {
  const link = /<([^>]*)>; rel="next"/.exec(page.headers.get('Link') ?? '');
  return link ? (new URL(link[1], url).searchParams.get('cursor') ?? undefined) : undefined;
}

/** What a call answered that has to succeed. */
function data<T>(answer: { data?: T; error?: unknown }): T {
  assert.equal(answer.error, undefined);
  assert.notEqual(answer.data, undefined);
  return answer.data as T;
}

async function session(): Promise<void> {
  const prefix = `openapi-typescript-${Date.now().toString(36)}`;
  const ada = await signIn(`ada@${prefix}.example`);
  const path = { tenant: prefix };

  // Page through the chargers of the demo tenant.
  const viewer = await signIn('viewer@demo.example');
  const found: components['schemas']['Charger'][] = [];
  let pages = 0;
  let cursor: string | undefined;
  do {
    const page = await viewer.GET('/tenant/{tenant}/charger', {
      params: { path: { tenant: 'demo' }, query: { limit: 5, cursor } },
    });
    found.push(...data(page));
    cursor = next(page.response);
    pages++;
  } while (cursor !== undefined);
  assert.ok(pages > 1);
  assert.equal(new Set(found.map((charger) => charger.id)).size, found.length);
  assert.ok(found.some((charger) => charger.online && Date.parse(charger.lastSeenAt ?? '') > 0));

  // Create, then edit what was read.
  const created = data(await ada.POST('/tenant', { body: { name: 'Volt Valley', domainPrefix: prefix } }));
  assert.equal(created.deletedAt, null);
  const read = await ada.GET('/tenant/{tenant}', { params: { path } });
  const edit = {
    params: { path, header: { 'If-Match': read.response.headers.get('ETag') ?? '' } },
    body: { ...data(read), name: 'Volt Valley Charging' },
  };
  const edited = data(await ada.PUT('/tenant/{tenant}', edit));
  assert.equal(edited.name, 'Volt Valley Charging');
  assert.equal(edited.id, created.id);

  // The same version once more.
  const stale = await ada.PUT('/tenant/{tenant}', edit);
  assert.ok(stale.error !== undefined && 'code' in stale.error);
  assert.deepEqual([stale.error.status, stale.error.code], [412, 'precondition_failed']);
  const invalid = await ada.PUT('/tenant/{tenant}', { params: { path }, body: { name: ' ' } });
  assert.ok(invalid.error !== undefined && 'code' in invalid.error);
  assert.deepEqual(invalid.error.errors?.map((fault) => fault.pointer), ['/name']);

  // Both states of provisioning, and a body that may be left out.
  assert.equal(data(await ada.GET('/tenant/{tenant}/provision', { params: { path } })).active, false);
  const profile = data(
    await ada.POST('/tenant/{tenant}/profile', {
      params: { path },
      body: { displayName: 'Depot', cpmsUrl: 'wss://cpms.example.com/ocpp' },
    }),
  );
  const same = await ada.GET('/tenant/{tenant}/profile/{profileId}', {
    params: { path: { ...path, profileId: profile.id } },
  });
  assert.equal(data(same).id, profile.id);
  const on = data(await ada.POST('/tenant/{tenant}/provision', { params: { path } }));
  assert.ok(on.active && on.expiresAt !== undefined && on.startedAt !== undefined && on.expiresAt > on.startedAt);
  assert.equal(data(await ada.GET('/tenant/{tenant}/stats', { params: { path } })).subscription, null);

  console.log(
    `${found.length} chargers on ${pages} pages, one tenant edited, ${stale.error.code} and ${invalid.error.code} read`,
  );
}

session().catch((error) => {
  console.error(error);
  process.exit(1);
});
