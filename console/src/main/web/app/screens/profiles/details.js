// A profile for those who may not change it.

import { html } from "../../html.js";
import { dateTime, number, t } from "../../texts.js";
import { Facts } from "../../ui/facts.js";
import { Panel } from "../../ui/page.js";

export function ProfileDetails({ profile }) {
  const keys = Object.entries(profile.configuration);
  return html`
    <${Panel} id="general" title=${t("profiles.general")}>
      <div class="panel-body">
        <${Facts}
          of=${[
            [t("profiles.description"), profile.description],
            [t("profiles.cpmsUrl"), html`<code>${profile.cpmsUrl}</code>`],
            [t("profiles.passThrough"), t(profile.authPassThrough ? "profiles.yes" : "profiles.no")],
            [t("profiles.heartbeat"), beatOf(profile.heartbeatInterval)],
            [t("profiles.level"), html`${t(`profiles.level.${profile.securityProfile}`)}<br /><span class="field-hint">${t(`profiles.levelHint.${profile.securityProfile}`)}</span>`],
            [t("profiles.password"), t(profile.hasPassword ? "profiles.password.is" : "profiles.password.none")],
            [t("profiles.formerUntil"), profile.oldPasswordValidUntil && dateTime(profile.oldPasswordValidUntil)],
          ]}
        />
      </div>
    </${Panel}>
    <${Panel} id="configuration" title=${t("profiles.configuration")} count=${keys.length ? number(keys.length) : undefined} lead=${t("profiles.configuration.lead")}>
      <div class="panel-body">
        ${keys.length > 0
          ? html`<${Facts} of=${keys.map(([key, value]) => [key, html`<code>${value || "–"}</code>`])} />`
          : html`<p class="muted">${t("profiles.configuration.none")}</p>`}
      </div>
    </${Panel}>
  `;
}

export const beatOf = (seconds) => (seconds === 0 ? t("profiles.heartbeat.own") : t("profiles.everySeconds", { count: seconds }));
