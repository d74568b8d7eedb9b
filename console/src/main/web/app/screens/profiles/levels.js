// How chargers prove who they are, in words: the security profiles of OCPP.

import { t } from "../../texts.js";

export const LEVELS = [0, 1, 2, 3];

export const levels = () =>
  LEVELS.map((it) => ({ value: String(it), text: `${it} – ${t(`profiles.level.${it}`)}`, hint: t(`profiles.levelHint.${it}`) }));
