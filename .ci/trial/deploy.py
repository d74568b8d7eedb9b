"""
Deploys a release into moto, as samconfig.example.toml says of dev and of prod, and once more with all that may be an operator's
own, into one account and region, and writes down what was made, for the tests that run the functions: deploy.py ENDPOINT RELEASE FOLDER
"""

import functools
import json
import secrets
import sys
import time
import tomllib
import zipfile
from pathlib import Path

import boto3

from trial.account import Stack
from trial.translation import of_type, translated, written

ACCOUNT = "123456789012"

# What the stand-in for Stripe takes, and what sample events are signed with.
STRIPE_KEYS = {"apiKey": "sk_test_local", "webhookSecrets": ["whsec_local"]}

# Where those who pay come back to in sample events.
ORIGINS = "https://portal.example.com,http://localhost:3000"

# Lambda unpacks them where it runs them; what lies in the bucket nobody runs here.
NO_CODE = b"PK\5\6" + bytes(18)


class Fault(Exception):
    """What would be wrong in an account of AWS's."""


def prepared(aws, parameters):
    """Parameters as they are written, with what an operator makes before the first deployment made for them."""
    given = dict(parameters)
    if "StripeSecretId" in given:
        made = aws("secretsmanager").create_secret(Name=f"tenantry/stripe-{secrets.token_hex(3)}", SecretString=json.dumps(STRIPE_KEYS))
        given["StripeSecretId"] = made["ARN"]
    if "MailIdentity" in given:
        aws("sesv2").create_email_identity(EmailIdentity=given["MailIdentity"])
    if "AlarmTopicArn" in given:
        made = aws("sns").create_topic(Name=given["AlarmTopicArn"].rsplit(":", 1)[-1])
        given["AlarmTopicArn"] = made["TopicArn"]
    # As ./deploy says it.
    return {**given, "CorsOrigins": ORIGINS, "Release": str(int(time.time()))}


def everything_own(aws, region):
    """What an operator may have of their own, made for the parameters that name it."""
    table = aws("dynamodb").create_table(
        TableName="restored",
        KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": it, "AttributeType": "S"} for it in ("PK", "SK")],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )["TableDescription"]
    boundary = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    zone = aws("route53").create_hosted_zone(Name="example.net", CallerReference="trial")["HostedZone"]["Id"]
    return {
        "ExistingTableName": table["TableName"],
        "ExistingTableStreamArn": table["LatestStreamArn"],
        "KmsKeyArn": aws("kms").create_key()["KeyMetadata"]["Arn"],
        "ApiDomainName": "api.example.net",
        "ApiCertificateArn": aws("acm").request_certificate(DomainName="api.example.net")["CertificateArn"],
        "ApiHostedZoneId": zone.rsplit("/", 1)[-1],
        "PermissionsBoundaryArn": aws("iam").create_policy(
            PolicyName="boundary", PolicyDocument=json.dumps(boundary)
        )["Policy"]["Arn"],
        "Tracing": "Active",
    }


def is_theirs(aws, stack):
    """That a stack takes what its operator has, and makes nothing beside it."""
    if made := stack.made("AWS::DynamoDB::Table"):
        raise Fault(f"{made} is made, and the stack has a table already")
    for name in stack.made("AWS::IAM::Role"):
        role = aws("iam").get_role(RoleName=stack.expressions.references[name])["Role"]
        if role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn") != stack.given["PermissionsBoundaryArn"]:
            raise Fault(f"{name} is outside the permissions boundary")
    for name in stack.made("AWS::Lambda::Function"):
        made = aws("lambda").get_function(FunctionName=stack.expressions.references[name])["Configuration"]
        # The fallback knows no table.
        if made["Environment"]["Variables"].get("TABLE_NAME", "restored") != "restored":
            raise Fault(f"{name} works on {made['Environment']['Variables']['TABLE_NAME']}")
        if made["TracingConfig"]["Mode"] != "Active":
            raise Fault(f"{name} is not traced")
    zone = aws("route53").list_resource_record_sets(HostedZoneId=stack.given["ApiHostedZoneId"])
    if not any(it["Name"].rstrip(".") == "api.example.net" for it in zone["ResourceRecordSets"]):
        raise Fault("nothing leads to api.example.net")


def own_metrics(stack):
    """Alarms about metrics that functions tell, by the function's name; those of log filters are checked at once."""
    alarms = {}
    for name in stack.made("AWS::CloudWatch::Alarm"):
        alarm = stack.properties(name)
        metric = alarm.get("Namespace", "AWS/"), alarm.get("MetricName")
        if metric[0].startswith("AWS/"):
            continue
        dimensions = {it["Name"]: it["Value"] for it in alarm.get("Dimensions", [])}
        if not dimensions:
            if ("metric", "/".join(metric)) not in stack.names:
                raise Fault(f"{name} watches {'/'.join(metric)}, into which nothing is counted")
            continue
        told = {"name": name, "namespace": metric[0], "metric": metric[1], "dimensions": dimensions}
        alarms.setdefault(next(iter(dimensions.values())), []).append(told)
    functions = {stack.expressions.references[name] for name in stack.made("AWS::Lambda::Function")}
    if set(alarms) - functions:
        raise Fault(f"alarms watch {set(alarms) - functions}, which are no functions")
    return alarms


def statements(stack, function):
    """What a function's role may do besides writing logs."""
    role = stack.resources[function]["Properties"]["Role"]["Fn::GetAtt"][0]
    documents = [policy["PolicyDocument"] for policy in stack.properties(role).get("Policies", [])]
    return [it for document in documents for it in document["Statement"] if it["Effect"] == "Allow"]


def functions(aws, stack, release, folder):
    packages = of_type(written(release / "template.yaml")["Resources"], "AWS::Serverless::Function")
    alarms = own_metrics(stack)
    for name in stack.made("AWS::Lambda::Function"):
        called = stack.expressions.references[name]
        made = aws("lambda").get_function(FunctionName=called, Qualifier="live")["Configuration"]
        package = release / packages[name]["CodeUri"]
        task_root = folder / package.stem
        if not task_root.exists():
            with zipfile.ZipFile(package) as file:
                file.extractall(task_root)
        yield {
            "logicalId": name,
            "name": called,
            "handler": made["Handler"],
            "memoryMib": made["MemorySize"],
            "timeoutSeconds": made["Timeout"],
            "environment": made["Environment"]["Variables"],
            "taskRoot": str(task_root.resolve()),
            "statements": statements(stack, name),
            "alarms": alarms.get(called, []),
        }


def without_stream(aws, table):
    """
    The table anew, as it was made but for its stream. At each transaction moto copies the table, with all that its stream has
    ever had: some hundred events later it does nothing else.
    """
    dynamodb = aws("dynamodb")
    made = dynamodb.describe_table(TableName=table)["Table"]
    dynamodb.update_table(TableName=table, DeletionProtectionEnabled=False)
    dynamodb.delete_table(TableName=table)
    dynamodb.create_table(
        TableName=table,
        KeySchema=made["KeySchema"],
        AttributeDefinitions=made["AttributeDefinitions"],
        BillingMode="PAY_PER_REQUEST",
    )


def main(endpoint, release, folder):
    release, folder = Path(release), Path(folder)
    with open(release / "samconfig.example.toml", "rb") as file:
        config = tomllib.load(file)
    wanted = {name: it["deploy"]["parameters"] for name, it in config.items() if name != "version"}
    (region,) = {it["region"] for it in wanted.values()}

    @functools.cache
    def aws(service):
        keys = {"aws_access_key_id": "trial", "aws_secret_access_key": "trial"}
        return boto3.client(service, endpoint_url=endpoint, region_name=region, **keys)

    where = {"CreateBucketConfiguration": {"LocationConstraint": region}}
    aws("s3").create_bucket(Bucket="packages", **where)
    aws("s3").put_object(Bucket="packages", Key="package", Body=NO_CODE)

    # As prod, with all that may be the operator's own. Only deployed: its functions are those of prod.
    own = "own"
    wanted[own] = {**wanted["prod"], "stack_name": "tenantry-own"}

    stacks, names = {}, {}
    for environment, it in wanted.items():
        given = prepared(aws, dict(word.partition("=")[::2] for word in it["parameter_overrides"]))
        if environment == own:
            given |= everything_own(aws, region)
        template = translated(release / "template.yaml", given, "s3://packages/package")
        stack = Stack(aws, it["stack_name"], template, given, ACCOUNT, region).deploy()
        if stack.cors["allowOrigins"] != given["CorsOrigins"].split(","):
            raise Fault(f"browsers may call from {stack.cors['allowOrigins']}, and should from {given['CorsOrigins']}")
        for name in {*stack.names}:
            if name in names:
                raise Fault(f"{names[name]} and {environment} both have {' '.join(name)}")
            names[name] = environment
        for name in template["Outputs"]:
            if "Condition" not in (output := template["Outputs"][name]) or stack.expressions.holds(output["Condition"]):
                stack.expressions.value(output["Value"])
        made = sum(stack.expressions.is_made(name) for name in stack.resources)
        print(f"{environment}: {made} resources are made, and {len(stack.routes)} routes", flush=True)
        if environment == own:
            own_metrics(stack)
            is_theirs(aws, stack)
            continue
        table = stack.expressions.references["Table"]
        without_stream(aws, table)
        stacks[environment] = {
            "table": table,
            "functions": list(functions(aws, stack, release, folder)),
        }

    print(f"{len(names)} names, and none is in two stacks")
    (folder / "deployment.json").write_text(
        json.dumps({"endpoint": endpoint, "region": region, "account": ACCOUNT, "stacks": stacks}, indent=1)
    )


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Fault as fault:
        sys.exit(f"The trial deployment fails: {fault}")
