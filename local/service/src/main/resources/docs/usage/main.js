// Ties the page together: who looks, what they chose, and what the API answers to it.
import { Api } from "./api.js";
import { Charts } from "./charts.js";
import { Choice, DAYS_OF_CHOICE, RANGES } from "./choice.js";
import { byId, element } from "./dom.js";
import { count } from "./format.js";
import { COLUMNS } from "./metrics.js";
import { reportOf } from "./report.js";
import { tableOf } from "./table.js";
import { windowsOf } from "./windows.js";
import { Zone, ownZone, zonesByArea } from "./zone.js";

// A reload keeps who looks; a link does not tell.
const EMAIL = "tenantry.usage.email";

const INTERVALS = { hour: "by hour", day: "by day", week: "by week", month: "by month" };

const main = byId("main");
const person = byId("person");
const form = byId("choice");
const charts = new Charts(byId("charts"));

let choice = new Choice(location.hash);
let api;
let loading = new AbortController();

function begin() {
  byId("range").append(...RANGES.map(({ value, label }) => element("option", { value }, label)));
  fillZones();
  person.addEventListener("submit", (event) => {
    event.preventDefault();
    signIn(byId("email").value.trim());
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  form.addEventListener("change", onChoice);
  byId("csv").addEventListener("click", download);
  addEventListener("hashchange", () => {
    choice = new Choice(location.hash);
    if (api) {
      choice.tenant ||= byId("tenant").value;
      offerTenant(choice.tenant);
      show();
    }
  });
  const email = sessionStorage.getItem(EMAIL);
  if (email) {
    byId("email").value = email;
    signIn(email);
  }
}

async function signIn(email) {
  await load(async (signal) => {
    const candidate = new Api(email);
    const tenants = await candidate.tenants(signal);
    const isAnother = api !== undefined;
    api = candidate;
    sessionStorage.setItem(EMAIL, email);
    byId("whoever").textContent = `Signed in as ${email}.`;
    byId("tenant").replaceChildren(...tenants.map(({ domainPrefix, name, role }) =>
      element("option", { value: domainPrefix }, `${name} (${domainPrefix}, ${role})`)));
    // What somebody else looked at does not matter any more; what a link is about does.
    if (!choice.tenant || isAnother && !tenants.some(({ domainPrefix }) => domainPrefix === choice.tenant)) {
      choice.tenant = tenants[0]?.domainPrefix ?? "";
    }
    form.hidden = !choice.tenant;
    byId("intro").hidden = !form.hidden;
    if (choice.tenant) {
      offerTenant(choice.tenant);
      await draw(signal);
    } else {
      hidePictures();
      byId("status").textContent = `${email} belongs to no tenant. Try admin@demo.example, or create one with POST /tenant.`;
    }
  });
}

/** The tenant of a link may be none of the person's: the API has the word on that. */
function offerTenant(prefix) {
  const tenants = byId("tenant");
  if (![...tenants.options].some(({ value }) => value === prefix)) {
    tenants.append(element("option", { value: prefix }, prefix));
  }
}

function onChoice({ target }) {
  if (!target.checkValidity()) {
    return;
  }
  if (target.id === "range" && target.value === DAYS_OF_CHOICE) {
    choice.chooseDays(Date.now());
  } else {
    choice.range = byId("range").value;
    choice.first = byId("first").value;
    choice.last = byId("last").value;
  }
  choice.tenant = byId("tenant").value;
  choice.interval = form.elements.interval.value || choice.interval;
  choice.timeZone = byId("zone").value;
  show();
}

function show() {
  return load(draw);
}

/** What is shown, as the API gives it to a spreadsheet. */
async function download() {
  const query = choice.query(Date.now());
  await load(async (signal) => {
    const text = await api.csv(choice.tenant, query, signal);
    const link = element("a", {
      href: URL.createObjectURL(new Blob([text], { type: "text/csv" })),
      download: `usage-${choice.tenant}-by-${choice.interval}-from-${query.get("from")}.csv`,
    });
    link.click();
    // Not at once: some browsers begin to save it a little later.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    byId("status").textContent = `Saved ${link.download}`;
  });
}

/** Runs one load; the one before it, if it still runs, is let go. */
async function load(work) {
  loading.abort();
  const mine = new AbortController();
  loading = mine;
  main.setAttribute("aria-busy", "true");
  byId("report").replaceChildren();
  byId("status").textContent = "Loading …";
  try {
    await work(mine.signal);
  } catch (failure) {
    if (loading === mine) {
      hidePictures();
      byId("status").textContent = "";
      byId("report").replaceChildren(reportOf(failure));
    }
  } finally {
    if (loading === mine) {
      main.removeAttribute("aria-busy");
    }
  }
}

/** Old pictures beside new choices would lie. */
function hidePictures() {
  charts.clear();
  byId("pictures").hidden = true;
}

async function draw(signal) {
  reflect();
  const { tenant, interval, timeZone } = choice;
  const now = Date.now();
  const windows = windowsOf(
    await api.windows(tenant, choice.query(now), signal), interval, new Zone(timeZone), now);
  const whole = `${summary(windows, interval)}, ${timeZone}`;
  byId("status").textContent = isUsed(windows) ? whole : `${whole}. There was no usage.`;
  byId("pictures").hidden = false;
  charts.draw({ windows, interval, whole: "The whole range" });
  byId("numbers").querySelector(".scroll").replaceChildren(tableOf(windows, `${tenant}: ${whole}`));
}

/** Shows the choice in the form, in the title and in the address. */
function reflect() {
  byId("tenant").value = choice.tenant;
  form.elements.interval.value = choice.interval;
  byId("range").value = choice.range;
  byId("first").value = choice.first;
  byId("last").value = choice.last;
  byId("days").hidden = choice.range !== DAYS_OF_CHOICE;
  const zone = byId("zone");
  if (![...zone.options].some(({ value }) => value === choice.timeZone)) {
    zone.append(element("option", { value: choice.timeZone }, choice.timeZone));
  }
  zone.value = choice.timeZone;
  byId("title").textContent = `Usage of ${choice.tenant}`;
  document.title = `Usage of ${choice.tenant} – Tenantry`;
  history.replaceState(null, "", choice.toHash());
}

function isUsed(windows) {
  return windows.some(({ metrics }) => COLUMNS.some(({ field }) => metrics[field] > 0));
}

function summary(windows, interval) {
  const from = windows[0]?.label;
  const to = windows.at(-1)?.label;
  const number = `${count(windows.length)} ${windows.length === 1 ? "window" : "windows"} ${INTERVALS[interval] ?? ""}`;
  return from === to ? `${number}: ${from ?? "none"}` : `${number}: ${from} to ${to}`;
}

function fillZones() {
  const option = (value) => element("option", { value }, value.replaceAll("_", " "));
  const near = [...new Set([ownZone(), "UTC"])];
  byId("zone").append(
    element("optgroup", { label: "Near at hand" }, ...near.map(option)),
    ...zonesByArea().map(([label, names]) => element("optgroup", { label }, ...names.map(option))));
}

begin();
