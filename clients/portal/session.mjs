// A session with the portal in Chromium, by the WebDriver protocol (https://www.w3.org/TR/webdriver2/).
//   node session.mjs <address of the portal> <address of the service> <program of Chromium> <file for a picture>
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const [portal, service, chromium, picture] = process.argv.slice(2);

// What the portal has to show.
const signedIn = await fetch(`${service}/_local/token`, { method: 'POST', body: '{"email":"admin@demo.example"}' });
const { access_token } = await signedIn.json();
const listed = await fetch(`${service}/tenant/demo/charger?limit=1000`, {
  headers: { Authorization: `Bearer ${access_token}` },
});
const expected = (await listed.json()).map((charger) => charger.identity);

const driver = spawn('chromedriver', ['--port=0'], { stdio: ['ignore', 'pipe', 'inherit'] });
const port = await new Promise((resolve, reject) => {
  let said = '';
  driver.on('error', reject);
  driver.on('exit', () => reject(new Error(`chromedriver ended: ${said}`)));
  driver.stdout.on('data', (text) => {
    said += text;
    const found = /successfully on port (\d+)/.exec(said);
    if (found) resolve(found[1]);
  });
});
driver.removeAllListeners('exit');

let browser = `http://127.0.0.1:${port}/session`;
async function call(method, path, body) {
  const answer = await fetch(browser + path, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}
const run = (script) => call('POST', '/execute/sync', { script: `return ${script}`, args: [] });

/** Clicks as a person does, on something that can be seen. */
async function click(xpath) {
  const found = await call('POST', '/element', { using: 'xpath', value: xpath });
  await call('POST', `/element/${Object.values(found)[0]}/click`, {});
}
async function until(what, script) {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (await run(script)) return;
  }
  throw new Error(`Waited in vain for ${what} at ${await call('GET', '/url')}: ${await run('document.body.innerText')}`);
}

try {
  const { sessionId } = await call('POST', '', {
    capabilities: {
      alwaysMatch: {
        'goog:chromeOptions': {
          binary: chromium,
          args: [
            '--headless=new',
            '--window-size=1000,1000',
            '--lang=en-GB',
            // In a container there is often nothing to make a sandbox of. It only ever sees our own pages.
            '--no-sandbox',
            '--disable-dev-shm-usage',
            '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
          ],
        },
        'goog:loggingPrefs': { browser: 'ALL' },
      },
    },
  });
  browser += `/${sessionId}`;

  await call('POST', '/url', { url: portal });
  await until('the way in', `document.querySelector('button').checkVisibility()`);
  await click(`//button[.='Sign in']`);
  await until('the page that asks', `document.title === 'Sign in – Tenantry'`);
  await click(`//button[@value='admin@demo.example']`);
  const rows = `document.querySelectorAll('tbody tr').length`;
  await until('chargers', `${rows} > 0`);
  let pages = 1;
  for (; await run(`!document.querySelector('#more').hidden`); pages++) {
    const before = await run(rows);
    assert.ok(before < expected.length, `${before} chargers, and yet more`);
    await click(`//button[.='More']`);
    await until('the next page', `${rows} > ${before}`);
  }
  const shown = await run(`[...document.querySelectorAll('tbody tr td:first-child')].map((cell) => cell.textContent)`);
  assert.deepEqual(shown, expected);
  assert.ok(pages > 1, 'one page is no paging');
  writeFileSync(picture, await call('GET', '/screenshot'), 'base64');

  await click(`//button[.='Sign out']`);
  await until('the way in', `location.origin === '${new URL(portal).origin}' && document.querySelector('button').checkVisibility()`);
  const complaints = (await call('POST', '/se/log', { type: 'browser' })).filter(({ level }) => level === 'SEVERE');
  assert.deepEqual(complaints, []);
  console.log(`${shown.length} chargers on ${pages} pages, signed in and out in Chromium, no errors`);
} finally {
  await call('DELETE', '').catch(() => {});
  driver.kill();
}
