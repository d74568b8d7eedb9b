"""Turns the SAM template into CloudFormation and checks what linters do not see in the result."""

import json
import os
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")

from samtranslator.translator.transform import transform  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402


class ManagedPolicies:
    def load(self):
        return {
            "AWSLambdaBasicExecutionRole": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
        }


def main(path):
    with open(path, encoding="utf-8") as file:
        template = yaml_parse(file.read())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            # The transform wants code that is uploaded already.
            resource["Properties"]["CodeUri"] = "s3://bucket/key"
    resources = transform(template, {}, ManagedPolicies())["Resources"]

    faults = []
    paths = resources["Api"]["Properties"]["Body"]["paths"]
    routes = 0
    for route, methods in paths.items():
        for method, operation in methods.items():
            routes += 1
            guards = [name for guard in operation.get("security", []) for name in guard]
            # Browsers send no token with a preflight request; Stripe signs instead.
            is_open = (route, method) in [("/{proxy+}", "options"), ("/stripe/webhook", "post"), ("/stripe/{proxy+}", "post")]
            expected = ["NONE"] if is_open else ["Jwt"]
            if guards != expected:
                faults.append(f"{method} {route} is guarded by {guards}, not by {expected}")
            if operation["x-amazon-apigateway-integration"].get("payloadFormatVersion") != "2.0":
                faults.append(f"{method} {route} does not use payload format 2.0")
    schemes = resources["Api"]["Properties"]["Body"]["components"]["securitySchemes"]
    if schemes["Jwt"]["x-amazon-apigateway-authorizer"]["type"] != "jwt":
        faults.append("the authorizer Jwt checks no JWT")
    for name, resource in resources.items():
        if resource["Type"] == "AWS::IAM::Role":
            text = json.dumps(resource)
            if '"*"' in text or "dynamodb:*" in text or "dynamodb:Scan" in text:
                faults.append(f"{name} allows more than its function needs")
        if resource["Type"] == "AWS::Lambda::Function":
            properties = resource["Properties"]
            if properties["Runtime"] != "java25" or properties["Architectures"] != ["arm64"]:
                faults.append(f"{name} does not run on java25 and arm64")
            if properties.get("SnapStart") != {"ApplyOn": "PublishedVersions"}:
                faults.append(f"{name} does not use SnapStart")
    route_settings = resources["ApiApiGatewayDefaultStage"]["Properties"]["RouteSettings"]
    if list(route_settings) != ["POST /stripe/webhook", "POST /stripe/{proxy+}"]:
        faults.append("the webhook and what is beside it are not throttled by themselves")
    access_log = resources["ApiApiGatewayDefaultStage"]["Properties"]["AccessLogSettings"]["Format"]
    json.loads(access_log)

    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        sys.exit(1)
    print(f"SAM transform: {len(resources)} resources, {routes} routes, each with its authorizer")


if __name__ == "__main__":
    main(sys.argv[1])
