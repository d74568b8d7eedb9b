// A session with the service by the client that openapi-generator makes for `typescript-fetch`.
import assert from 'node:assert/strict';
import {
  ChargersApi,
  Configuration,
  MyTenantsApi,
  ProblemFromJSON,
  ResponseError,
  TenantApi,
  TenantFromJSON,
  type ApiResponse,
  type Charger,
  type Problem,
} from '../target/typescript-fetch';

const url = process.argv[2];

async function signIn(email: string): Promise<Configuration> {
  const answer = await fetch(`${url}/_local/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return new Configuration({ basePath: url, accessToken: access_token });
}

/** The cursor of the next page, if there is one. */
function next(page: ApiResponse<unknown>): string | undefined {
  const link = /<([^>]*)>; rel="next"/.exec(page.raw.headers.get('Link') ?? '');
  return link ? (new URL(link[1], url).searchParams.get('cursor') ?? undefined) : undefined;
}

/** What the service says of a call that has to fail. */
async function problem(call: Promise<unknown>): Promise<Problem> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ResponseError) {
      return ProblemFromJSON(await error.response.json());
    }
    throw error;
  }
  throw new Error('the call did not fail');
}

async function session(): Promise<void> {
  const prefix = `typescript-fetch-${Date.now().toString(36)}`;
  const ada = await signIn(`ada@${prefix}.example`);
  const api = new TenantApi(ada);

  // Page through the chargers of the demo tenant.
  const chargers = new ChargersApi(await signIn('viewer@demo.example'));
  const found: Charger[] = [];
  let pages = 0;
  let cursor: string | undefined;
  do {
    const page = await chargers.listChargersRaw({ tenant: 'demo', limit: 5, cursor });
    found.push(...(await page.value()));
    cursor = next(page);
    pages++;
  } while (cursor !== undefined);
  assert.ok(pages > 1);
  assert.equal(new Set(found.map((charger) => charger.id)).size, found.length);
  assert.ok(found.some((charger) => charger.online && (charger.lastSeenAt?.getTime() ?? 0) > 0));

  // Create, then edit what was read.
  const created = await new MyTenantsApi(ada).createTenant({
    tenantCreation: { name: 'Volt Valley', domainPrefix: prefix },
    idempotencyKey: prefix,
  });
  assert.equal(created.deletedAt, null);
  const read = await api.getTenantRaw({ tenant: prefix });
  const tenant = await read.value();
  const etag = read.raw.headers.get('ETag') ?? undefined;
  const edit = { tenant: prefix, ifMatch: etag, tenantChange: { ...tenant, name: 'Volt Valley Charging' } };
  const edited = await api.updateTenant(edit);
  assert.equal(edited.name, 'Volt Valley Charging');
  assert.equal(edited.id, created.id);

  // The same version once more.
  const stale = await problem(api.updateTenant(edit));
  assert.deepEqual([stale.status, stale.code], [412, 'precondition_failed']);
  const invalid = await problem(api.updateTenant({ tenant: prefix, tenantChange: { name: ' ' } }));
  assert.deepEqual(invalid.errors?.map((fault) => fault.pointer), ['/name']);

  // Both states of provisioning, and a body that may be left out.
  assert.equal((await api.getProvisionStatus({ tenant: prefix })).active, false);
  const profile = await api.createProfile({
    tenant: prefix,
    profileCreation: { displayName: 'Depot', cpmsUrl: 'wss://cpms.example.com/ocpp' },
  });
  assert.equal((await api.getProfile({ tenant: prefix, profileId: profile.id })).id, profile.id);
  const on = await api.startProvisioning({ tenant: prefix });
  assert.ok(on.active && on.expiresAt !== undefined && on.startedAt !== undefined && on.expiresAt > on.startedAt);
  assert.equal((await api.getTenantStats({ tenant: prefix })).subscription, null);

  // A later version may answer more.
  assert.equal(TenantFromJSON({ ...(await (await api.getTenantRaw({ tenant: prefix })).raw.json()), colour: 1 }).id, created.id);
  console.log(`${found.length} chargers on ${pages} pages, one tenant edited, ${stale.code} and ${invalid.code} read`);
}

session().catch((error) => {
  console.error(error);
  process.exit(1);
});
