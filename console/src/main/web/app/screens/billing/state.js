// What a subscription is, in the one word that matters most to whoever pays for it.

/** Stripe has ended these; a new one can begin. */
const OVER = ["canceled", "incomplete_expired"];

/**
 * @param {any} subscription
 * @returns {"active" | "ending" | "trialing" | "trialEnding" | "pastDue" | "unpaid" | "paused" | "canceled" | "neverPaid" | "collectionPaused"
 *     | "other"} `ending`: it ends by itself; `paused`: its trial ended and nothing can be paid with; `collectionPaused`: nobody
 *     is asked to pay; `other`: Stripe has a word for it that we don't know
 */
export function stateOf({ stripeStatus, cancelAt, collectionPaused }) {
  switch (stripeStatus) {
    case "trialing":
      return cancelAt ? "trialEnding" : "trialing";
    case "active":
      return cancelAt ? "ending" : collectionPaused ? "collectionPaused" : "active";
    case "past_due":
      return "pastDue";
    case "unpaid":
      return "unpaid";
    case "paused":
      return "paused";
    case "canceled":
      return "canceled";
    case "incomplete_expired":
      return "neverPaid";
    default:
      return "other";
  }
}

/** Whether another one can begin. */
export const isOver = (subscription) => OVER.includes(subscription.stripeStatus);
