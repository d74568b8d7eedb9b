// One profile: to create it, to change it, or to look at it.

import { api, path } from "../api.js";
import { html, useRef, useState } from "../html.js";
import { useAction, useIntent, useResource } from "../resource.js";
import { href, navigate } from "../router.js";
import { useTenant } from "../tenant.js";
import { t } from "../texts.js";
import { useUnsaved } from "../unsaved.js";
import { useVersioned } from "../versioned.js";
import { Badge } from "../ui/badge.js";
import { Button } from "../ui/button.js";
import { EmptyState } from "../ui/empty.js";
import { Page } from "../ui/page.js";
import { ToldOnce } from "../ui/password.js";
import { Problem } from "../ui/problem.js";
import { SkeletonPage } from "../ui/skeleton.js";
import { Time } from "../ui/time.js";
import { toast } from "../ui/toast.js";
import { besides, differing } from "./profiles/conflict.js";
import { DeleteDialog, chargersWith } from "./profiles/delete-dialog.js";
import { ProfileDetails } from "./profiles/details.js";
import { NEW, bodyOf, creationOf, draftOf } from "./profiles/draft.js";
import { ProfileForm } from "./profiles/form.js";

export default function Profile({ profile: id }) {
  const { may } = useTenant();
  if (id !== "new") {
    return html`<${Existing} id=${id} />`;
  }
  return may("user") ? html`<${New} />` : html`<${Gone} />`;
}

/** What a draft has that has to be told, since nobody can read it later. */
const madePassword = (draft) => (draft.password.made ? draft.password.value : "");

function New() {
  const { prefix } = useTenant();
  const [draft, setDraft] = useState(() => draftOf(NEW));
  const [made, setMade] = useState(/** @type {{ name: string, at: string, password: string } | null} */ (null));
  const [touched, setTouched] = useState(false);
  const intent = useIntent();
  const release = useUnsaved(touched);
  const create = useAction(async () => {
    const { data } = await api.post(path`/tenant/${prefix}/profile`, creationOf(draft), { intent });
    release();
    const done = { name: data.displayName, at: path`/t/${prefix}/profiles/${data.id}` };
    if (madePassword(draft)) {
      setMade({ ...done, password: madePassword(draft) });
    } else {
      await show(done);
    }
  });
  const show = async ({ name, at }) => {
    await navigate(at, { replace: true });
    toast(t("profiles.created", { name }));
  };
  const change = (more) => {
    setTouched(true);
    setDraft((before) => ({ ...before, ...more }));
    create.clear();
  };
  return html`
    <${Page} title=${t("profiles.new")} lead=${t("profiles.new.lead")}>
      <${ProfileForm}
        isNew
        draft=${draft}
        profile=${NEW}
        onInput=${change}
        error=${create.error}
        onSubmit=${() => void create.run()}
        foot=${(problem) => html`
          <div class="page-foot">
            ${problem}
            <${Button} href=${path`/t/${prefix}/profiles`}>${t("common.cancel")}</${Button}>
            <${Button} type="submit" kind="primary" busy=${create.busy}>${t("profiles.create")}</${Button}>
          </div>
        `}
      />
      ${made && html`<${ToldOnce} password=${made.password} onClose=${() => show(made)} />`}
    </${Page}>
  `;
}

function Existing({ id }) {
  const { prefix, may } = useTenant();
  const at = path`/tenant/${prefix}/profile/${id}`;
  const found = useResource(async (signal) => {
    const { data, etag } = await api.get(at, { signal });
    return { profile: data, etag };
  }, [at]);
  const { data, error } = found;
  if (!data) {
    return error
      ? ["profile_not_found", "not_found"].includes(/** @type {any} */ (error).code)
        ? html`<${Gone} />`
        : html`<${Page} title=${t("profiles.one")}><${Problem} error=${error} retry=${found.reload} /></${Page}>`
      : html`<${SkeletonPage} />`;
  }
  return html`<${Shown} at=${at} ...${data} onSaved=${found.set} mayChange=${may("user")} />`;
}

function Gone() {
  const { prefix } = useTenant();
  return html`
    <${Page} title=${t("profiles.gone")}>
      <div class="panel">
        <${EmptyState} icon="profile" text=${t("profiles.gone.text")} action=${{ text: t("profiles.all"), href: path`/t/${prefix}/profiles` }} />
      </div>
    </${Page}>
  `;
}

/** @param {{ at: string, profile: any, etag?: string, onSaved: (data: any) => void, mayChange: boolean }} properties */
function Shown({ at, profile, etag, onSaved, mayChange }) {
  const { prefix } = useTenant();
  const [draft, setDraft] = useState(() => draftOf(profile));
  const [told, setTold] = useState("");
  const [deleting, setDeleting] = useState(false);
  const body = bodyOf(draft, profile);
  const dirty = mayChange && (Object.keys(body).length > 0 || draft.password.set);
  const isDirty = useRef(dirty);
  isDirty.current = dirty;
  const release = useUnsaved(dirty);

  const saved = (it) => toast(t("profiles.saved", { name: it.displayName }));
  const take = (/** @type {import("../versioned.js").Version} */ { data, etag: version }) => {
    onSaved({ profile: data, etag: version });
    setDraft(draftOf(data));
  };
  const save = useVersioned({
    at,
    seen: { data: profile, etag },
    area: "profiles",
    differing,
    note: besides,
    onSaved: (now) => {
      const made = madePassword(draft);
      setTold(made);
      take(now);
      if (!made) {
        saved(now.data);
      }
    },
    onTheirs: take,
  });
  const promote = useAction(async () => {
    const now = await api.put(at, { isDefault: true });
    if (isDirty.current) {
      // Somebody has begun to change what they saw meanwhile: the version stays the one that this is of.
      onSaved({ profile: { ...profile, isDefault: true }, etag });
    } else {
      take(now);
    }
    toast(t("profiles.isDefault", { name: now.data.displayName }));
  });
  const reset = (to) => {
    setDraft(draftOf(to));
    save.clear();
  };
  const change = (more) => {
    setDraft((before) => ({ ...before, ...more }));
    save.clear();
  };

  const actions =
    mayChange &&
    html`
      ${!profile.isDefault && html`<${Button} busy=${promote.busy} disabled=${dirty} onClick=${promote.run}>${t("profiles.makeDefault")}</${Button}>`}
      <${Button} icon="trash" onClick=${() => setDeleting(true)}>${t("profiles.delete")}</${Button}>
    `;
  const lead = html`
    <span class="facts-line">
      ${profile.isDefault && html`<${Badge} kind="accent" title=${t("profiles.default.hint")}>${t("profiles.default")}</${Badge}>`}
      <a href=${href(chargersWith(prefix, profile))}>${t("profiles.chargers.count", { count: profile.chargerCount })}</a>
      <span>${t("profiles.changedAt")} <${Time} at=${profile.updatedAt} /></span>
    </span>
  `;
  return html`
    <${Page} title=${profile.displayName} lead=${lead} actions=${actions}>
      <${Problem} error=${promote.error} area="profiles" />
      ${mayChange
        ? html`
            <${ProfileForm}
              draft=${draft}
              profile=${profile}
              onInput=${change}
              error=${save.error}
              onSubmit=${() => dirty && void save.save(body)}
              foot=${(problem) =>
                dirty &&
                html`
                  <div class="savebar savebar-page" role="region" aria-label=${t("common.unsaved")}>
                    <p role="status">${t("common.unsaved")}</p>
                    <${Button} onClick=${() => reset(profile)}>${t("common.discard")}</${Button}>
                    <${Button} type="submit" kind="primary" busy=${save.busy}>${t("common.save")}</${Button}>
                    ${problem}
                  </div>
                `}
            />
          `
        : html`<${ProfileDetails} profile=${profile} />`}
      ${save.dialog}
      ${told && html`<${ToldOnce}
        password=${told}
        onClose=${() => {
          setTold("");
          saved(profile);
        }}
      />`}
      ${deleting &&
      html`
        <${DeleteDialog}
          profile=${profile}
          etag=${etag}
          onClose=${() => setDeleting(false)}
          onTheirs=${(now) => {
            setDeleting(false);
            // Changes keep the version that they are of.
            if (!dirty) {
              take(now);
            }
          }}
          onDeleted=${() => {
            release();
            void navigate(path`/t/${prefix}/profiles`, { replace: true });
          }}
        />
      `}
    </${Page}>
  `;
}
