// What Swagger UI shows elsewhere or not at all: the introduction is folded, so that the operations come first.

/** A plugin of Swagger UI's (Swagger UI documentation, "Plugin API": wrapComponents). */
export function arrangement({ React }) {
  const { createElement } = React;
  return {
    wrapComponents: {
      InfoContainer: (Info) => (properties) =>
        createElement("details", { className: "about" },
          createElement("summary", null, "About this API: who may do what, errors, pages, retries"),
          createElement(Info, properties)),
    },
  };
}
