// A session with the stand-in for Stripe by Stripe's own library. Prints a line for each step that went as at Stripe, and
// ends with an error at the first that did not.
//
//   node session.mjs <library> <port>
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const [library, port] = process.argv.slice(2);
const Stripe = createRequire(import.meta.url)(library);
// The stand-in speaks one release of the API, which need not be the one that this library is made for.
const stripe = new Stripe('sk_test_local', {
  protocol: 'http', host: '127.0.0.1', port, maxNetworkRetries: 0, apiVersion: '2026-07-29.dahlia',
});

const step = (name) => console.log(name);
const refused = async (call, expected) => {
  const error = await call.then(() => assert.fail('it was not refused'), (failure) => failure);
  assert.equal(error.type, expected.type ?? 'StripeInvalidRequestError', error.message);
  for (const name of ['code', 'param', 'statusCode']) {
    if (name in expected) assert.equal(error[name], expected[name], error.message);
  }
};

const customer = await stripe.customers.create({ name: 'Acme', email: 'ada@example.com', metadata: { team: 'north' } });
assert.equal(customer.object, 'customer');
await stripe.customers.update(customer.id, { metadata: { team: '', city: 'Kiel' } });
assert.deepEqual((await stripe.customers.retrieve(customer.id)).metadata, { city: 'Kiel' });
step('customers');

const product = await stripe.products.create({ id: 'prod_node', name: 'Depot', metadata: { tenantry_product_id: '9' } });
await refused(stripe.products.create({ id: 'prod_node', name: 'Again' }), { code: 'resource_already_exists', param: 'id' });
const monthly = await stripe.prices.create({
  product: product.id, currency: 'usd', unit_amount: 1234, recurring: { interval: 'month', interval_count: 3 },
});
assert.deepEqual(
  [monthly.currency, monthly.unit_amount, monthly.unit_amount_decimal?.toString(), monthly.recurring.interval_count],
  ['usd', 1234, '1234', 3],
);
const yearly = await stripe.prices.create({
  product: product.id, currency: 'usd', unit_amount: 9000, recurring: { interval: 'year' },
});
step('products and prices');

const created = await stripe.subscriptions.create({
  customer: customer.id, items: [{ price: monthly.id, quantity: 2 }], trial_period_days: 14,
});
assert.equal(created.status, 'trialing');
assert.equal(created.trial_end - created.start_date, 14 * 86400);
const item = created.items.data[0];
const more = await stripe.subscriptions.update(created.id, { items: [{ id: item.id, quantity: 7 }], trial_end: 'now' });
assert.equal(more.items.data.length, 1);
assert.deepEqual([more.items.data[0].id, more.items.data[0].quantity, more.status], [item.id, 7, 'active']);
assert.equal(more.items.data[0].price.product, 'prod_node');
const mixed = await stripe.subscriptions.update(created.id, { items: [{ price: yearly.id }], metadata: { a: 'b' } });
const ends = mixed.items.data.map((one) => one.current_period_end);
assert.equal(ends.length, 2);
const ending = await stripe.subscriptions.update(created.id, { cancel_at: 'max_period_end' });
assert.deepEqual([ending.cancel_at, ending.cancel_at_period_end], [Math.max(...ends), false]);
const paused = await stripe.subscriptions.update(created.id, { cancel_at: '', pause_collection: { behavior: 'void' } });
assert.deepEqual([paused.cancel_at, paused.pause_collection.behavior], [null, 'void']);
assert.equal(paused.billing_mode.type, 'flexible');
step('subscriptions');

const expanded = await stripe.subscriptions.retrieve(created.id, { expand: ['customer', 'items.data.price.product'] });
assert.equal(expanded.customer.name, 'Acme');
assert.equal(expanded.items.data[0].price.product.name, 'Depot');
await refused(stripe.subscriptions.retrieve(created.id, { expand: ['status'] }), { param: 'expand' });
step('expand');

for (let i = 0; i < 12; i++) {
  await stripe.subscriptions.create({ customer: customer.id, items: [{ price: monthly.id, quantity: i + 1 }] });
}
const all = await stripe.subscriptions.list({ customer: customer.id, limit: 5 }).autoPagingToArray({ limit: 100 });
assert.equal(new Set(all.map((one) => one.id)).size, 13);
const second = await stripe.subscriptions.list({ customer: customer.id, limit: 5, starting_after: all[4].id });
const back = await stripe.subscriptions.list({ customer: customer.id, limit: 5, ending_before: second.data[0].id });
assert.deepEqual(back.data.map((one) => one.id), all.slice(0, 5).map((one) => one.id));
assert.equal((await stripe.customers.search({ query: "metadata['city']:'Kiel'" })).object, 'search_result');
await refused(stripe.subscriptions.list({ status: 'nonsense' }), { param: 'status' });
step('lists and search');

await refused(stripe.subscriptions.create({ customer: customer.id, items: [{ price: monthly.id }], colour: 'red' }), {
  code: 'parameter_unknown', param: 'colour', statusCode: 400,
});
await refused(stripe.subscriptions.create({ customer: customer.id, items: [{ price: 'price_none' }] }), {
  code: 'resource_missing', param: 'items[0][price]', statusCode: 400,
});
await refused(stripe.customers.retrieve('cus_none'), { code: 'resource_missing', statusCode: 404 });
await refused(stripe.invoices.list(), { statusCode: 404 });
await stripe.subscriptions.cancel(created.id);
await refused(stripe.subscriptions.cancel(created.id), { code: 'resource_missing', statusCode: 404 });
await refused(stripe.subscriptions.update(created.id, { items: [{ id: item.id, quantity: 1 }] }), { statusCode: 400 });
step('errors');

const session = await stripe.checkout.sessions.create(
  {
    mode: 'subscription', customer: customer.id, line_items: [{ price: yearly.id, quantity: 3 }],
    success_url: 'http://localhost:3000/?session={CHECKOUT_SESSION_ID}',
  },
  { idempotencyKey: 'one' },
);
const again = await stripe.checkout.sessions.create(
  {
    mode: 'subscription', customer: customer.id, line_items: [{ price: yearly.id, quantity: 3 }],
    success_url: 'http://localhost:3000/?session={CHECKOUT_SESSION_ID}',
  },
  { idempotencyKey: 'one' },
);
assert.equal(again.id, session.id);
assert.deepEqual([session.status, session.amount_total], ['open', 27000]);
const paying = await fetch(session.url, { method: 'POST', redirect: 'manual' });
assert.equal(paying.headers.get('location'), `http://localhost:3000/?session=${session.id}`);
const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription', 'line_items'] });
assert.deepEqual([paid.status, paid.payment_status], ['complete', 'paid']);
assert.equal(paid.subscription.items.data[0].quantity, 3);
assert.equal(paid.line_items.data[0].price.id, yearly.id);
step('checkout');

const portal = await stripe.billingPortal.sessions.create({ customer: customer.id, return_url: 'http://localhost:3000/' });
assert.match(await (await fetch(portal.url)).text(), /Cancel subscription/);
step('portal');

const events = await stripe.events.list({ type: 'customer.subscription.updated', limit: 100 });
const update = events.data.find((event) => event.data.previous_attributes?.pause_collection === null);
assert.equal(update.api_version, '2026-07-29.dahlia');
assert.match(update.request.id, /^req_/);
assert.equal(update.data.object.pause_collection.behavior, 'void');
assert.equal((await stripe.events.retrieve(update.id)).id, update.id);
step('events');

const payload = JSON.stringify(update);
const header = stripe.webhooks.generateTestHeaderString({ payload, secret: 'whsec_local' });
assert.equal(stripe.webhooks.constructEvent(payload, header, 'whsec_local').id, update.id);
step('constructEvent');
