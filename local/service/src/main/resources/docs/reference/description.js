// The description as this service shows it: nothing but what a form begins with is another one than in the file.

const METHODS = ["get", "put", "post", "delete", "patch"];

/** Every operation, in the file's order. */
export function operations(description) {
  return Object.entries(description.paths).flatMap(([path, item]) =>
    Object.keys(item).filter((key) => METHODS.includes(key)).map((method) => ({
      path,
      method,
      operation: item[method],
      operationId: item[method].operationId,
      summary: item[method].summary ?? "",
      tag: item[method].tags?.[0] ?? "default",
      role: item[method]["x-required-role"],
      parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map((it) => resolved(description, it)),
    })));
}

/** The name of the scheme that takes a bearer token. */
export function tokenScheme(description) {
  return Object.entries(description.components.securitySchemes)
    .find(([, scheme]) => scheme.type === "http" && scheme.scheme === "bearer")[0];
}

/** A copy that is served here, with the sample's values in its parameters and bodies. */
export function forThisService(description, sample) {
  const copy = structuredClone(description);
  copy.servers = [{ url: "/", description: "This service" }];
  for (const { path, method, operation } of operations(copy)) {
    operation.parameters = operations(copy)
      .find((it) => it.path === path && it.method === method).parameters
      .map((parameter) => shown(parameter, sample.value(path, parameter)));
    const examples = operation.requestBody?.content?.["application/json"]?.examples ?? {};
    for (const example of Object.values(examples)) {
      example.value = sample.body(example.value);
    }
  }
  // Each operation has its parameters itself now.
  Object.values(copy.paths).forEach((item) => delete item.parameters);
  return copy;
}

function resolved(description, { $ref, ...rest }) {
  return $ref ? structuredClone(at(description, $ref)) : rest;
}

function at(description, reference) {
  return reference.replace("#/", "").split("/").reduce((node, name) => node[name], description);
}

function shown(parameter, value) {
  if (value !== undefined) {
    return { ...parameter, example: value };
  }
  const standard = parameter.schema?.default;
  if (parameter.required || standard === undefined) {
    return parameter;
  }
  // Swagger UI would send a default, which says nothing that its absence does not say.
  const schema = { ...parameter.schema };
  delete schema.default;
  return { ...parameter, schema, description: `${parameter.description ?? ""}\n\nDefault: \`${standard}\`.` };
}
