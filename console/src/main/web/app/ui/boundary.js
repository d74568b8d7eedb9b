// What is shown in place of something that could not be drawn. What is around it stays.

import { Component, html } from "../html.js";
import { reloadPage } from "../router.js";
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
    return this.state.isBroken ? html`<${ToLoadAgain} title=${t("common.broken.title")} text=${t("common.broken.text")} />` : this.props.children;
  }
}

/** What nothing helps against but to load the page again. Somebody presses for that: by itself it would do so for ever. */
export const ToLoadAgain = ({ title, text }) => html`
  <${Page} title=${title}>
    <${Banner} kind="bad" alert actions=${html`<${Button} kind="primary" onClick=${reloadPage}>${t("common.broken.again")}</${Button}>`}>
      ${text}
    </${Banner}>
  </${Page}>
`;
