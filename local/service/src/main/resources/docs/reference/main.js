// The API reference: Swagger UI, with navigation, a search and a person who is signed in around it.
import { Api } from "./api.js";
import { byId } from "./dom.js";
import { Contents } from "./contents.js";
import { Sample } from "./sample.js";
import { forThisService, operations, tokenScheme } from "./description.js";
import { arrangement, resolvedOnce } from "./arrangement.js";

// A reload keeps who tries.
const EMAIL = "tenantry.reference.email";
const DARK = matchMedia("(prefers-color-scheme: dark)");

const person = byId("person");
const whoever = byId("whoever");

let ui;
let description;
let contents;

function begin() {
  dress();
  DARK.addEventListener("change", dress);
  // On a small screen the endpoints below would be a screen away from the first operation.
  byId("contents").open = matchMedia("(min-width: 60rem)").matches;
  person.addEventListener("submit", (event) => {
    event.preventDefault();
    signIn(byId("email").value.trim());
  });
  ui = SwaggerUIBundle({
    domNode: byId("reference"),
    url: "/openapi.yaml",
    // Without it the page would ask a public service for a badge.
    validatorUrl: null,
    deepLinking: true,
    persistAuthorization: false,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    defaultModelsExpandDepth: 0,
    plugins: [arrangement, resolvedOnce],
    onComplete: shown,
  });
}

/** Swagger UI has its dark colours behind a class. */
function dress() {
  document.documentElement.classList.toggle("dark-mode", DARK.matches);
}

/** Runs whenever Swagger UI has taken a description; the first is the file itself. */
function shown() {
  if (!description) {
    description = ui.specSelectors.specJson().toJS();
    contents = new Contents(description, open);
    show(Sample.ofDemo());
    const email = sessionStorage.getItem(EMAIL);
    if (email) {
      byId("email").value = email;
      signIn(email);
    }
  }
}

/** Shows the description with the values that a try begins with. */
function show(sample) {
  // A form takes them when it opens.
  const opened = operations(description).filter(({ tag, operationId }) => ui.layoutSelectors.isShown(["operations", tag, operationId]));
  opened.forEach(({ tag, operationId }) => ui.layoutActions.show(["operations", tag, operationId], false));
  ui.specActions.updateJsonSpec(forThisService(description, sample));
  setTimeout(() => opened.forEach(({ tag, operationId }) => ui.layoutActions.show(["operations", tag, operationId], true)));
}

async function signIn(email) {
  whoever.textContent = "Signing in …";
  try {
    const api = new Api(email);
    ui.preauthorizeApiKey(tokenScheme(description), await api.token());
    const sample = await Sample.seenBy(api, description);
    show(sample);
    sessionStorage.setItem(EMAIL, email);
    whoever.textContent = sample.tenant
      ? `Signed in as ${email}, ${sample.role} of ${sample.tenant}.`
      : `Signed in as ${email}, who belongs to no tenant yet.`;
  } catch (failure) {
    whoever.textContent = failure.message || "The service does not answer. Is ./run still running?";
  }
}

/** Opens an operation and brings it into view. */
function open({ tag, operationId }) {
  ui.layoutActions.show(["operations-tag", tag], true);
  ui.layoutActions.show(["operations", tag, operationId], true);
  history.replaceState(null, "", `#/${encodeURIComponent(tag)}/${encodeURIComponent(operationId)}`);
  requestAnimationFrame(() => {
    const opened = byId(`operations-${tag.replaceAll(" ", "_")}-${operationId}`);
    opened?.scrollIntoView({ block: "start" });
    opened?.querySelector(".opblock-summary-control")?.focus({ preventScroll: true });
  });
}

begin();
