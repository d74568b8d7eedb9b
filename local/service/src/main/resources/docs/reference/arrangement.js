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

/**
 * A plugin of Swagger UI's ("Plugin API": fn) that resolves the description once. By itself Swagger UI reads all of it
 * again for each operation that is opened, which takes longer than to draw the operation.
 */
export function resolvedOnce(system) {
  const { resolveSubtree } = system.fn;
  let description;
  let resolved;
  return {
    fn: {
      async resolveSubtree(_, path, options) {
        const current = system.specSelectors.specJson();
        if (current !== description) {
          description = current;
          resolved = resolveSubtree(current.toJS(), [], options);
        }
        const { spec, errors } = await resolved;
        return { errors, spec: path.reduce((at, step) => at?.[step], spec) };
      },
    },
  };
}
