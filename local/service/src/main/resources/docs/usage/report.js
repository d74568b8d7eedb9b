// What went wrong, in words that lead on.
import { Problem, Unreachable } from "./api.js";
import { element } from "./dom.js";

export function reportOf(failure) {
  if (failure instanceof Problem) {
    return problem(failure);
  }
  if (failure instanceof Unreachable) {
    return box("The service does not answer", "It may have been stopped. Start it again with ./run, then refresh.");
  }
  console.error(failure);
  return box("This page made a mistake", String(failure.message ?? failure));
}

function problem({ title, message, status, code, requestId, errors }) {
  const faults = errors.map(({ pointer, message: fault }) =>
    element("li", {}, element("code", {}, pointer || "body"), " ", fault));
  const facts = [["status", status], ["code", code], ["requestId", requestId]].filter(([, value]) => value);
  return box(
    title,
    message === title ? "" : message,
    ...(faults.length > 0 ? [element("ul", {}, ...faults)] : []),
    element(
      "p",
      { class: "facts" },
      ...facts.flatMap(([name, value]) => [element("span", {}, `${name} `, element("code", {}, String(value))), " "]),
    ),
  );
}

function box(title, detail, ...more) {
  return element(
    "section", { class: "problem" }, element("h2", {}, title), ...(detail ? [element("p", {}, detail)] : []), ...more);
}
