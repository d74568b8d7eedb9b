// A portal as small as can be. Its test asks it for the rest.
"use strict";

// The test names the service in the address of the first page.
const api = new URLSearchParams(location.search).get("api") ?? sessionStorage.getItem("api");
sessionStorage.setItem("api", api);

const portal = new oidc.UserManager({
  authority: api,
  client_id: "tenantry-portal",
  redirect_uri: `${location.origin}/callback`,
  silent_redirect_uri: `${location.origin}/silent`,
  post_logout_redirect_uri: `${location.origin}/bye`,
  scope: "openid profile email",
  loadUserInfo: true,
});

if (location.pathname === "/callback") {
  portal.signinRedirectCallback().then(
    (user) => { document.body.textContent = `Signed in: ${[user.profile.email, user.state].join(" ").trim()}`; },
    (failure) => { document.body.textContent = `Not signed in: ${failure.message}`; },
  );
} else if (location.pathname === "/silent") {
  portal.signinSilentCallback();
} else if (location.pathname === "/bye") {
  portal.signoutRedirectCallback();
}

async function call(path, token) {
  const answer = await fetch(api + path, { headers: { Authorization: `Bearer ${token}` } });
  return { status: answer.status, body: await answer.json() };
}
