// Prices as the reader writes them.

import { number, t } from "../../texts.js";

/** ISO 4217 has no cents for these; Stripe writes them with two all the same (docs.stripe.com/currencies). */
const CENTS_AT_STRIPE = ["isk", "ugx"];

/**
 * @param {number} amount in the currency's smallest unit
 * @param {string} currency
 */
export function money(amount, currency) {
  const options = { style: "currency", currency: currency.toUpperCase() };
  const digits = CENTS_AT_STRIPE.includes(currency)
    ? 2
    : new Intl.NumberFormat("en", /** @type {any} */ (options)).resolvedOptions().maximumFractionDigits ?? 2;
  return number(amount / 10 ** digits, options);
}

/** "per month", "every 3 months" */
export const every = ({ interval, intervalCount }) =>
  intervalCount === 1 ? t(`billing.every.${interval}`) : t(`billing.everyFew.${interval}`, { count: intervalCount });
