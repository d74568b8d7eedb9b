// Includes a translated template in an app of AWS CDK, and fails where what comes out has other resources than what went in,
// or where the translation for another deployment has the same versions of a function.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, DefaultStackSynthesizer, Stack } from "aws-cdk-lib";
import { CfnInclude } from "aws-cdk-lib/cloudformation-include";

const [templateFile, nextFile] = process.argv.slice(2);
// The same in CDK's words: a list of what a resource depends on, be it one, and text that is split where it is known.
function asCdkWrites(it) {
  if (Array.isArray(it)) {
    return it.map(asCdkWrites);
  }
  if (it === null || typeof it !== "object") {
    return it;
  }
  const split = it["Fn::Split"];
  if (split && typeof split[1] === "string") {
    return split[1].split(split[0]);
  }
  const written = Object.fromEntries(Object.entries(it).map(([name, value]) => [name, asCdkWrites(value)]));
  return typeof it.DependsOn === "string" ? { ...written, DependsOn: [it.DependsOn] } : written;
}

function versions(template) {
  return Object.keys(template.Resources).filter((name) => template.Resources[name].Type === "AWS::Lambda::Version");
}

const outdir = mkdtempSync(join(tmpdir(), "cdk-"));
try {
  // cfn-lint has looked at the template; CDK's own validation warns of conditions that it does not follow.
  const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
  const stack = new Stack(app, "Tenantry", {
    // Without the rule and the parameter of CDK's own, what comes out is what was included.
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  });
  const included = new CfnInclude(stack, "Template", { templateFile });
  // What somebody does who includes it: refers to a resource by its logical id.
  assert.equal(included.getResource("Table").cfnResourceType, "AWS::DynamoDB::Table");
  app.synth();

  const before = JSON.parse(readFileSync(templateFile));
  const after = JSON.parse(readFileSync(join(outdir, stack.templateFile)));
  for (const section of ["Parameters", "Conditions", "Rules", "Resources", "Outputs"]) {
    assert.deepEqual(Object.keys(after[section]).sort(), Object.keys(before[section]).sort(), section);
    for (const [name, it] of Object.entries(before[section])) {
      assert.deepEqual(after[section][name], asCdkWrites(it), `${section}: ${name}`);
    }
  }

  // A version whose logical id is known already is not made, and the alias would stay on settings of before.
  const next = versions(JSON.parse(readFileSync(nextFile)));
  const remaining = versions(after).filter((name) => next.includes(name));
  assert.deepEqual(remaining, [], "versions that the next deployment does not make anew");
  assert.equal(next.length, versions(after).length);
  console.log(
    `CfnInclude: the same ${Object.keys(after.Resources).length} resources come out as went in,` +
      ` and the next Release makes ${next.length} other versions`,
  );
} finally {
  rmSync(outdir, { recursive: true });
}
