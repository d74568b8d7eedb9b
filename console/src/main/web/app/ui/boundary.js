// What is shown in place of something that could not be drawn. What is around it stays.

import { Component, html } from "../html.js";
import { t } from "../texts.js";
import { Banner } from "./banner.js";
import { Button } from "./button.js";
import { Page } from "./page.js";

/** A class, since that is how Preact tells of what its children throw. */
export class Boundary extends Component {
  constructor() {
    super();
    this.state = { isBroken: false };
  }

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  componentDidCatch(failure) {
    // For whoever looks into it: nothing else tells where it was.
    console.error(failure);
  }

  render() {
    return this.state.isBroken ? html`<${Broken} />` : this.props.children;
  }
}

function Broken() {
  return html`
    <${Page} title=${t("common.broken.title")}>
      <${Banner}
        kind="bad"
        alert
        actions=${html`<${Button} kind="primary" onClick=${() => location.reload()}>${t("common.broken.again")}</${Button}>`}
      >
        ${t("common.broken.text")}
      </${Banner}>
    </${Page}>
  `;
}
