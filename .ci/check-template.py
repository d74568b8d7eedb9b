"""Turns the SAM template into CloudFormation and checks what linters do not see in the result."""

import json
import sys

from trial.translation import Expressions, of_type
from trial.translation import translated as translated_template

# As a deployment gives them: text, be it a list or not.
PARAMETERS = {
    "JwtIssuer": "https://login.example.com/",
    "JwtAudience": "portal,console",
    "CorsOrigins": "https://portal.example.com,https://console.example.com",
    "BrokerDomain": "ocpp.example.com",
    "Release": "1764262800",
}

# What CloudWatch asks for (https://aws.amazon.com/cloudwatch/pricing/), in dollars a month.
ALARMED_METRIC = 0.10
IDLE_LIMIT = 3.00


def translated(path, parameters):
    return translated_template(path, parameters)["Resources"]


def resolved(value):
    """What CloudFormation makes of a value, as far as it is about parameters; every condition holds."""
    match value:
        case {"Ref": name} if name in PARAMETERS:
            return PARAMETERS[name]
        case {"Fn::Split": [separator, text]}:
            return resolved(text).split(separator)
        case {"Fn::If": [_, then, _]}:
            return resolved(then)
        case dict():
            return {name: resolved(it) for name, it in value.items()}
        case _:
            return value


def api_faults(resources):
    body = resources["Api"]["Properties"]["Body"]
    for route, methods in body["paths"].items():
        for method, operation in methods.items():
            guards = [name for guard in operation.get("security", []) for name in guard]
            # Browsers send no token with a preflight request; Stripe signs instead.
            is_open = (route, method) in [("/{proxy+}", "options"), ("/stripe/webhook", "post"), ("/stripe/{proxy+}", "post")]
            expected = ["NONE"] if is_open else ["Jwt"]
            if guards != expected:
                yield f"{method} {route} is guarded by {guards}, not by {expected}"
            if operation["x-amazon-apigateway-integration"].get("payloadFormatVersion") != "2.0":
                yield f"{method} {route} does not use payload format 2.0"
    authorizer = body["components"]["securitySchemes"]["Jwt"]["x-amazon-apigateway-authorizer"]
    if authorizer["type"] != "jwt":
        yield "the authorizer Jwt checks no JWT"
    cors = resolved(body["x-amazon-apigateway-cors"])
    if not isinstance(cors, dict) or set(cors) != {"allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders", "maxAge"}:
        yield f"what browsers may do is {json.dumps(cors)}"
    elif cors["allowOrigins"] != PARAMETERS["CorsOrigins"].split(","):
        yield f"the origins of browsers are {json.dumps(cors['allowOrigins'])}, which is no list of them"
    audience = resolved(authorizer["jwtConfiguration"]["audience"])
    if audience != PARAMETERS["JwtAudience"].split(","):
        yield f"the audience is {json.dumps(audience)}, which is no list of them"
    stage = resources["ApiApiGatewayDefaultStage"]["Properties"]
    if list(stage["RouteSettings"]) != ["POST /stripe/webhook", "POST /stripe/{proxy+}"]:
        yield "the webhook and what is beside it are not throttled by themselves"
    # API Gateway adds any other group to a policy of the account's, in which there is no room for many; and a name is
    # what another stack must not have.
    group = resources[stage["AccessLogSettings"]["DestinationArn"]["Fn::GetAtt"][0]]["Properties"].get("LogGroupName")
    called = group.get("Fn::Sub", "") if isinstance(group, dict) else ""
    if not called.startswith("/aws/vendedlogs/") or "${AWS::StackName}" not in called:
        yield f"the access log is in {json.dumps(group)}"
    for line in stage["AccessLogSettings"]["Format"]["Fn::If"][1:]:
        json.loads(line)


def role_faults(resources):
    for name, role in of_type(resources, "AWS::IAM::Role").items():
        text = json.dumps(role)
        if '"*"' in text or "dynamodb:*" in text or "dynamodb:Scan" in text:
            yield f"{name} allows more than it needs"
        if "PermissionsBoundary" not in role:
            yield f"{name} has no permissions boundary where the operator sets one"
        for policy in role.get("Policies", []):
            # SAM's own, for a schedule or a failure destination, have none, and nothing in them that asks for one.
            if policy["PolicyName"].endswith("Policy0") and policy["PolicyDocument"].get("Version") != "2012-10-17":
                yield f"{name} has a policy without Version, which is the one of 2008"


# What SAM gives the roles of functions besides their policies: to write logs, and to read from what invokes two of them.
MANAGED_POLICIES = ["AWSLambdaBasicExecutionRole"]
MANAGED_BY_SOURCE = {
    "UsageIngestFunction": ["AWSLambdaSQSQueueExecutionRole"],
    "ChangeEventsFunction": ["AWSLambdaDynamoDBExecutionRole"],
}
TRACING_POLICY = "AWSXrayWriteOnlyAccess"


def managed_policy_faults(path):
    """Rights to trace are there where functions are traced, and nowhere else."""
    for tracing, allowed, mode in [(None, [], None), ("Active", [TRACING_POLICY], "Active")]:
        given = {**PARAMETERS, **({"Tracing": tracing} if tracing else {})}
        template = translated_template(path, given)
        stack = Expressions(template, given, {}, {}, lambda name, attribute: None)
        for name, function in of_type(template["Resources"], "AWS::Lambda::Function").items():
            found = stack.value(function.get("TracingConfig", {})).get("Mode")
            if found != mode:
                yield f"{name} is traced as {found} where Tracing is {tracing or 'left out'}"
            role = template["Resources"][function["Role"]["Fn::GetAtt"][0]]["Properties"]
            managed = [arn.rsplit("/", 1)[-1] for arn in role["ManagedPolicyArns"]]
            if sorted(managed) != sorted(MANAGED_POLICIES + MANAGED_BY_SOURCE.get(name, []) + allowed):
                yield f"{name} may do what {', '.join(managed)} say where Tracing is {tracing or 'left out'}"


def function_faults(resources):
    for name, function in of_type(resources, "AWS::Lambda::Function").items():
        if function["Runtime"] != "java25" or function["Architectures"] != ["arm64"]:
            yield f"{name} does not run on java25 and arm64"
        if function.get("SnapStart") != {"ApplyOn": "PublishedVersions"}:
            yield f"{name} does not use SnapStart"


def version_faults(path, resources):
    """A deployment that changes nothing but parameters must make new versions, or aliases stay on the old ones."""
    versions = set(of_type(resources, "AWS::Lambda::Version"))
    again = set(of_type(translated(path, PARAMETERS), "AWS::Lambda::Version"))
    other = set(of_type(translated(path, {**PARAMETERS, "Release": "1764262801"}), "AWS::Lambda::Version"))
    if versions != again:
        yield "the same release has other versions when it is deployed again"
    for version in sorted(versions & other):
        yield f"{version} is the version of two releases"


def schedule_faults(resources):
    for name, schedule in of_type(resources, "AWS::Scheduler::Schedule").items():
        if "Name" in schedule:
            yield f"{name} has a name, so that there can be no second stack"
    scheduled = json.dumps(of_type(resources, "AWS::Scheduler::Schedule"))
    for alias in of_type(resources, "AWS::Lambda::Alias").keys():
        if f'"{alias}"' not in scheduled:
            yield f"nothing invokes {alias} for weeks, so that SnapStart gives it up"


def alarm_faults(resources):
    alarms = of_type(resources, "AWS::CloudWatch::Alarm")
    for name, alarm in alarms.items():
        if alarm["TreatMissingData"] == "breaching":
            yield f"{name} rings on a stack that was just made"
        for action in ["AlarmActions", "OKActions"]:
            if "AlarmTopicArn" not in json.dumps(alarm.get(action)):
                yield f"{name} has no {action}"
        for metric in alarm.get("Metrics", []):
            if "FILL" in metric.get("Expression", ""):
                yield f"{name} fills in for a metric, which does nothing where there never was one"


def rate_seconds(expression):
    """Of a schedule such as rate(5 minutes)."""
    number, unit = expression.removeprefix("rate(").removesuffix(")").split()
    return int(number) * {"minute": 60, "hour": 3600, "day": 86400}[unit.removesuffix("s")]


def alarms_of_runs_faults(resources):
    """
    A function that a schedule invokes tells its metrics once for each run, and no run begins to the second: of periods as
    long as the rate one can have two runs, and the next none. Never do two in a row have none, so that of 2 n - 1 there are n
    with a run.
    """
    rates = {}
    for schedule in of_type(resources, "AWS::Scheduler::Schedule").values():
        # Whoever keeps a version active makes it tell nothing.
        if "keepActive" not in json.dumps(schedule):
            rates[json.dumps(schedule["Target"]["Arn"]["Ref"])] = rate_seconds(schedule["ScheduleExpression"])
    if len(rates) != 2:
        yield f"schedules run {', '.join(rates)}"
    for name, alarm in of_type(resources, "AWS::CloudWatch::Alarm").items():
        functions = [json.dumps(it["Value"].get("Ref", "") + "Aliaslive") for it in alarm.get("Dimensions", []) if isinstance(it["Value"], dict)]
        for function in functions:
            if alarm["Namespace"] != "Tenantry" or alarm["Period"] > rates.get(function, 0):
                continue
            wanted = alarm.get("DatapointsToAlarm", alarm["EvaluationPeriods"])
            if alarm["EvaluationPeriods"] < 2 * wanted - 1:
                yield f"{name} wants {wanted} of {alarm['EvaluationPeriods']} periods, of which some have no run"


def deployment_faults(path):
    """CodeDeploy is there where traffic is shifted, and looks at each function's own alarms; elsewhere there is nothing of it."""
    resources = translated(path, PARAMETERS)
    stack = Expressions(translated_template(path, PARAMETERS), PARAMETERS, {}, {}, lambda name, attribute: None)
    for name, resource in resources.items():
        # Its deployments can fail, eighteen at once, and do where an alias was led back by hand.
        if resource["Type"].startswith("AWS::CodeDeploy::") or "UpdatePolicy" in resource:
            yield f"{name} needs CodeDeploy where all traffic goes over at once"
    if stack.is_made("DeploymentRole"):
        yield "CodeDeploy has a role where it has nothing to do"

    given = {**PARAMETERS, "ShiftTraffic": "true"}
    template = translated_template(path, given)
    names = {name: name for name in template["Resources"]}
    stack = Expressions(template, given, {"AWS::StackName": "stack"}, names, lambda name, attribute: f"{name}.{attribute}")
    made = {name for name in names if stack.is_made(name)}
    groups = {
        name: stack.value(group)
        for name, group in of_type(template["Resources"], "AWS::CodeDeploy::DeploymentGroup").items()
    }
    aliases = [name for name in made if template["Resources"][name]["Type"] == "AWS::Lambda::Alias"]
    shifting = {
        template["Resources"][name].get("UpdatePolicy", {}).get("CodeDeployLambdaAliasUpdate", {}).get("DeploymentGroupName", {}).get("Ref")
        for name in aliases
    }
    if shifting != set(groups) or len(groups) != len(aliases):
        yield f"{len(groups)} deployment groups shift the traffic of {len(aliases)} aliases"
    yield from role_faults(template["Resources"])
    watched = {name: [alarm["Name"] for alarm in group.get("AlarmConfiguration", {}).get("Alarms", [])] for name, group in groups.items()}
    looked_at = [alarm for alarms in watched.values() for alarm in alarms]
    for name, alarms in watched.items():
        if groups[name]["ServiceRoleArn"] != "DeploymentRole.Arn" or "DeploymentRole" not in made:
            yield f"{name} works by {groups[name]['ServiceRoleArn']}"
        if not alarms:
            yield f"{name} looks at no alarm"
        for alarm in alarms:
            if alarm not in made:
                yield f"{name} looks at {alarm}, which is not there"
            if looked_at.count(alarm) > 1:
                yield f"{name} looks at {alarm}, which is not about its function alone"


def idle_cost(resources, *conditions):
    """
    Dollars a month for metrics of a stack that nobody uses, without the free tier: of what is always there, or of what some
    conditions add.
    """
    alarmed = sum(
        len([metric for metric in alarm["Properties"].get("Metrics", [{"MetricStat": {}}]) if "MetricStat" in metric])
        for alarm in resources.values()
        if alarm["Type"] == "AWS::CloudWatch::Alarm" and alarm.get("Condition") in (conditions or [None])
    )
    # The functions' own metrics are told where they are not 0, which is nowhere.
    return alarmed * ALARMED_METRIC


def main(path):
    resources = translated(path, PARAMETERS)
    cost = idle_cost(resources)
    faults = [
        *api_faults(resources),
        *role_faults(resources),
        *managed_policy_faults(path),
        *function_faults(resources),
        *version_faults(path, resources),
        *schedule_faults(resources),
        *alarm_faults(resources),
        *alarms_of_runs_faults(resources),
        *deployment_faults(path),
        *([f"a stack that nobody uses costs {cost:.2f} dollars a month for metrics"] if cost >= IDLE_LIMIT else []),
    ]
    for dashboard in of_type(resources, "AWS::CloudWatch::Dashboard").values():
        json.loads(dashboard["DashboardBody"]["Fn::Sub"][0])

    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        sys.exit(1)
    routes = sum(len(methods) for methods in resources["Api"]["Properties"]["Body"]["paths"].values())
    print(
        f"SAM transform: {len(resources)} resources, {routes} routes, each with its authorizer;"
        f" idle metrics for {cost:.2f} dollars a month,"
        f" and {idle_cost(resources, 'HasErrorAlarms', 'HasFunctionAlarms'):.2f} more with FunctionAlarms"
        f" or {idle_cost(resources, 'HasErrorAlarms', 'ShiftsTraffic'):.2f} where deployments shift traffic"
    )


if __name__ == "__main__":
    main(sys.argv[1])
