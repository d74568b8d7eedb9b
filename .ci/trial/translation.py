"""template.yaml as CloudFormation has it after the SAM transform, and what CloudFormation makes of its expressions."""

import json
import logging
import os
import re
import sys

logging.getLogger("samtranslator").setLevel(logging.ERROR)  # it tells of switches of its own
os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")

from samtranslator.translator.transform import transform  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402


class ManagedPolicies:
    def load(self):
        return {"AWSLambdaBasicExecutionRole": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}


def written(path):
    with open(path, encoding="utf-8") as file:
        return yaml_parse(file.read())


def translated(path, parameters, code="s3://bucket/key"):
    """
    The template as SAM leaves it.

    :param parameters: text by name, as CloudFormation hands it over, whatever type a parameter has
    :param code: where packages are: the transform wants code that is uploaded already
    """
    template = written(path)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = code
    return transform(template, dict(parameters), ManagedPolicies())


def of_type(resources, kind):
    return {name: it["Properties"] for name, it in resources.items() if it["Type"] == kind}


class Unresolved(Exception):
    """An expression that nobody can say the value of."""


class Expressions:
    """
    What CloudFormation makes of the expressions in one stack's template.

    :param given: parameters, as text
    :param pseudo: such as AWS::StackName
    :param references: what `Ref` of a resource gives, by logical id; more may be added to it
    :param attributes: called with logical id and attribute for `Fn::GetAtt`
    """

    NOTHING = object()

    def __init__(self, template, given, pseudo, references, attributes):
        self.template = template
        self.references = references
        self.attributes = attributes
        self.values = dict(pseudo)
        for name, parameter in template["Parameters"].items():
            text = str(given.get(name, parameter.get("Default", "")))
            # A list is a list from here on, and text for the transform before.
            self.values[name] = text.split(",") if "List" in parameter["Type"] else text

    def holds(self, condition):
        match condition:
            case str():
                return self.holds(self.template["Conditions"][condition])
            case {"Condition": name}:
                return self.holds(name)
            case {"Fn::Equals": [one, other]}:
                return str(self.value(one)) == str(self.value(other))
            case {"Fn::Not": [it]}:
                return not self.holds(it)
            case {"Fn::And": all_of}:
                return all(self.holds(it) for it in all_of)
            case {"Fn::Or": any_of}:
                return any(self.holds(it) for it in any_of)
        raise Unresolved(condition)

    def is_made(self, name):
        condition = self.template["Resources"][name].get("Condition")
        return condition is None or self.holds(condition)

    def value(self, it):
        match it:
            case {"Ref": "AWS::NoValue"}:
                return self.NOTHING
            case {"Ref": name}:
                return self.reference(name)
            case {"Fn::GetAtt": [name, *attribute]}:
                return self.attribute(name, ".".join(attribute))
            case {"Fn::GetAtt": str(path)}:
                return self.attribute(*path.split(".", 1))
            case {"Fn::If": [condition, then, otherwise]}:
                return self.value(then if self.holds(condition) else otherwise)
            case {"Fn::Split": [separator, text]}:
                return self.value(text).split(separator)
            case {"Fn::Join": [separator, parts]}:
                return separator.join(str(part) for part in self.value(parts))
            case {"Fn::Sub": [text, local]}:
                return self.substituted(text, {name: self.value(value) for name, value in local.items()})
            case {"Fn::Sub": str(text)}:
                return self.substituted(text, {})
            case dict():
                if any(name.startswith("Fn::") for name in it):
                    raise Unresolved(it)
                values = {name: self.value(value) for name, value in it.items()}
                return {name: value for name, value in values.items() if value is not self.NOTHING}
            case list():
                return [value for value in map(self.value, it) if value is not self.NOTHING]
        return it

    def reference(self, name):
        if name in self.values:
            return self.values[name]
        if name in self.references:
            return self.references[name]
        raise Unresolved({"Ref": name})

    def attribute(self, name, attribute):
        value = self.attributes(name, attribute)
        if value is None:
            raise Unresolved({"Fn::GetAtt": [name, attribute]})
        return value

    def substituted(self, text, local):
        def one(match):
            name = match.group(1)
            if name in local:
                return str(local[name])
            return str(self.attribute(*name.split(".", 1)) if "." in name else self.reference(name))

        return re.sub(r"[$][{](?!!)([^}]+)}", one, text)


if __name__ == "__main__":
    json.dump(translated(sys.argv[1], dict(it.split("=", 1) for it in sys.argv[2:])), sys.stdout, indent=1)
