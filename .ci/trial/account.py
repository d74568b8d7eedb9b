"""
Deploys a translated template into moto's account. What moto's CloudFormation can't make, or makes only half, is made by the
service's own calls, from the same properties, with names such as CloudFormation gives.
"""

import copy
import json
import re
import secrets
import string

from trial.translation import Expressions

# What moto's CloudFormation makes by itself.
BY_CLOUDFORMATION = {
    "AWS::DynamoDB::Table",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Role",
    "AWS::Logs::LogGroup",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
}

# What a resource is called by within an account and a region, where its template may say so.
NAME = {
    "AWS::ApiGatewayV2::Api": "Name",
    "AWS::ApiGatewayV2::DomainName": "DomainName",
    "AWS::CloudWatch::Alarm": "AlarmName",
    "AWS::CloudWatch::Dashboard": "DashboardName",
    "AWS::CodeDeploy::Application": "ApplicationName",
    "AWS::CodeDeploy::DeploymentGroup": "DeploymentGroupName",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::Events::EventBus": "Name",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::Role": "RoleName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::Logs::QueryDefinition": "Name",
    "AWS::SES::ConfigurationSet": "Name",
    "AWS::SES::ConfigurationSetEventDestination": "Name",
    "AWS::SNS::Topic": "TopicName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::Scheduler::Schedule": "Name",
}


class Stack:
    """
    One stack: everything that its template asks for.

    :param aws: called with a service's name for its client
    :param template: translated
    :param given: parameters, as text
    """

    def __init__(self, aws, name, template, given, account, region):
        self.aws = aws
        self.name = name
        self.template = template
        self.resources = template["Resources"]
        self.given = given
        self.names = []  # (kind, name), of all that has one
        pseudo = {
            "AWS::AccountId": account,
            "AWS::Partition": "aws",
            "AWS::Region": region,
            "AWS::StackName": name,
            "AWS::URLSuffix": "amazonaws.com",
        }
        self.arn = f"{region}:{account}"
        self.expressions = Expressions(template, given, pseudo, {}, self.attribute)
        self.found = {}  # attributes that were told or asked for, by logical id and name

    def made(self, kind):
        return [name for name, it in self.resources.items() if it["Type"] == kind and self.expressions.is_made(name)]

    def properties(self, name):
        return self.expressions.value(self.resources[name].get("Properties", {}))

    def called(self, name, properties):
        """What the template calls a resource, or CloudFormation where the template does not."""
        kind = self.resources[name]["Type"]
        drawn = "".join(secrets.choice(string.ascii_uppercase + string.digits) for _ in range(12))
        self.names.append((kind, properties.get(NAME[kind], f"{self.name}-{name}-{drawn}")))
        return self.names[-1][1]

    def attribute(self, name, attribute):
        if (name, attribute) not in self.found:
            self.found[name, attribute] = self.asked(name, attribute)
        return self.found[name, attribute]

    def asked(self, name, attribute):
        physical = self.expressions.references[name]
        match self.resources[name]["Type"], attribute:
            case "AWS::DynamoDB::Table", "Arn":
                return self.aws("dynamodb").describe_table(TableName=physical)["Table"]["TableArn"]
            case "AWS::DynamoDB::Table", "StreamArn":
                return self.aws("dynamodb").describe_table(TableName=physical)["Table"]["LatestStreamArn"]
            case "AWS::IAM::Role", "Arn":
                return self.aws("iam").get_role(RoleName=physical)["Role"]["Arn"]
            case "AWS::Lambda::Function", "Arn":
                return f"arn:aws:lambda:{self.arn}:function:{physical}"
            case "AWS::Logs::LogGroup", "Arn":
                return f"arn:aws:logs:{self.arn}:log-group:{physical}:*"
            case "AWS::SQS::Queue", "Arn":
                asked = self.aws("sqs").get_queue_attributes(QueueUrl=physical, AttributeNames=["QueueArn"])
                return asked["Attributes"]["QueueArn"]
            case "AWS::SQS::Queue", "QueueName":
                return physical.rsplit("/", 1)[-1]
            case "AWS::Events::EventBus", "Arn":
                return f"arn:aws:events:{self.arn}:event-bus/{physical}"
        return None

    def deploy(self):
        # Policies name them, and they need roles: what they are called is settled before there is anything.
        references = self.expressions.references
        for kind in ("AWS::Events::EventBus", "AWS::Lambda::Function", "AWS::SES::ConfigurationSet"):
            for name in self.made(kind):
                own = self.resources[name].get("Properties", {}).get(NAME[kind])
                references[name] = self.called(name, {NAME[kind]: self.expressions.value(own)} if own else {})
        for name in self.made("AWS::Lambda::Alias"):
            alias = self.resources[name]["Properties"]
            references[name] = self.attribute(alias["FunctionName"]["Ref"], "Arn") + ":" + alias["Name"]
        self.by_cloudformation()
        left = {it["Type"] for name, it in self.resources.items() if self.expressions.is_made(name)} - BY_CLOUDFORMATION
        # Each needs what those before it have made.
        for kind, make in {
            "AWS::Events::EventBus": self.event_bus,
            "AWS::Lambda::Function": self.function,
            "AWS::Lambda::Version": self.version,
            "AWS::Lambda::Alias": self.alias,
            "AWS::SES::ConfigurationSet": self.configuration_set,
            "AWS::SNS::TopicPolicy": self.topic_policy,
            "AWS::SES::ConfigurationSetEventDestination": self.event_destination,
            "AWS::ApiGatewayV2::Api": self.api,
            "AWS::ApiGatewayV2::Stage": self.stage,
            "AWS::ApiGatewayV2::DomainName": self.domain_name,
            "AWS::ApiGatewayV2::ApiMapping": self.api_mapping,
            "AWS::Route53::RecordSet": self.record_set,
            "AWS::Lambda::Permission": self.permission,
            "AWS::Lambda::EventInvokeConfig": self.event_invoke_config,
            "AWS::Lambda::EventSourceMapping": self.event_source_mapping,
            "AWS::SNS::Subscription": self.subscription,
            "AWS::Scheduler::Schedule": self.schedule,
            "AWS::Logs::MetricFilter": self.metric_filter,
            "AWS::Logs::QueryDefinition": self.query_definition,
            "AWS::CloudWatch::Alarm": self.alarm,
            "AWS::CloudWatch::Dashboard": self.dashboard,
            "AWS::CodeDeploy::Application": self.application,
            "AWS::CodeDeploy::DeploymentGroup": self.deployment_group,
        }.items():
            left.discard(kind)
            # Composite alarms and the like would need an order; there are none.
            for name in self.made(kind):
                self.expressions.references[name] = make(name, self.properties(name))
        if left:
            raise NotImplementedError(f"nobody makes {', '.join(sorted(left))} in the trial deployment")
        return self

    def by_cloudformation(self):
        template = copy.deepcopy(self.template)
        template.pop("Outputs", None)
        template.pop("Rules", None)
        template["Resources"] = {
            name: self.with_names(it)
            for name, it in template["Resources"].items()
            if it["Type"] in BY_CLOUDFORMATION
        }
        cloudformation = self.aws("cloudformation")
        cloudformation.create_stack(
            StackName=self.name,
            TemplateBody=json.dumps(template),
            Parameters=[{"ParameterKey": name, "ParameterValue": text} for name, text in self.given.items()],
            Capabilities=["CAPABILITY_IAM"],
        )
        status = cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]["StackStatus"]
        if status != "CREATE_COMPLETE":
            raise RuntimeError(f"{self.name} is in {status}")
        for page in cloudformation.get_paginator("list_stack_resources").paginate(StackName=self.name):
            for resource in page["StackResourceSummaries"]:
                name, physical = resource["LogicalResourceId"], resource["PhysicalResourceId"]
                if not physical:
                    continue  # a condition leaves it out, and moto lists it all the same
                self.expressions.references[name] = physical
                self.names.append((resource["ResourceType"], physical))
        missing = {n for n in template["Resources"] if self.expressions.is_made(n)} - set(self.expressions.references)
        if missing:
            raise RuntimeError(f"{self.name} has no {', '.join(sorted(missing))}")

    def with_names(self, it):
        """The same with the names of what CloudFormation does not make here."""
        known = self.expressions.references
        match it:
            case {"Ref": str(name)} if name in known:
                return known[name]
            case {"Fn::GetAtt": [str(name), attribute]} if name in known:
                return self.attribute(name, attribute)
            case {"Fn::Sub": str(text)}:
                return {"Fn::Sub": re.sub(r"[$][{](\w+)}", lambda it: known.get(it.group(1), it.group()), text)}
            case dict():
                return {name: self.with_names(value) for name, value in it.items()}
            case list():
                return [self.with_names(value) for value in it]
        return it

    # How each kind is made: from its resolved properties to what `Ref` gives.

    def event_bus(self, name, properties):
        # moto's CloudFormation hands over a bus as something else than its name.
        self.aws("events").create_event_bus(Name=self.expressions.references[name])
        return self.expressions.references[name]

    def function(self, name, properties):
        called = self.expressions.references[name]
        tags = {tag["Key"]: tag["Value"] for tag in properties["Tags"]}
        reserved = properties.pop("ReservedConcurrentExecutions", None)
        if "KmsKeyArn" in properties:
            # As CloudFormation spells it, and as Lambda does.
            properties["KMSKeyArn"] = properties.pop("KmsKeyArn")
        self.aws("lambda").create_function(**{**properties, "FunctionName": called, "Tags": tags})
        if reserved is not None:
            self.aws("lambda").put_function_concurrency(
                FunctionName=called, ReservedConcurrentExecutions=int(reserved)
            )
        return called

    def version(self, name, properties):
        version = self.aws("lambda").publish_version(FunctionName=properties["FunctionName"])
        self.found[name, "Version"] = version["Version"]
        return version["FunctionArn"]

    def alias(self, name, properties):
        return self.aws("lambda").create_alias(**properties)["AliasArn"]

    def configuration_set(self, name, properties):
        self.aws("ses").create_configuration_set(ConfigurationSet={"Name": self.expressions.references[name]})
        return self.expressions.references[name]

    def topic_policy(self, name, properties):
        for topic in properties["Topics"]:
            self.aws("sns").set_topic_attributes(
                TopicArn=topic, AttributeName="Policy", AttributeValue=json.dumps(properties["PolicyDocument"])
            )
        return name

    def event_destination(self, name, properties):
        destination = dict(properties["EventDestination"])
        called = self.called(name, destination)
        self.aws("ses").create_configuration_set_event_destination(
            ConfigurationSetName=properties["ConfigurationSetName"],
            EventDestination={
                "Name": called,
                "Enabled": destination["Enabled"],
                "MatchingEventTypes": destination["MatchingEventTypes"],
                "SNSDestination": {"TopicARN": destination["SnsDestination"]["TopicARN"]},
            },
        )
        return called

    def api(self, name, properties):
        """From the API's description, as API Gateway would import it."""
        gateway, body = self.aws("apigatewayv2"), properties["Body"]
        origins = body["x-amazon-apigateway-cors"]
        made = gateway.create_api(
            Name=body["info"]["title"],
            ProtocolType="HTTP",
            CorsConfiguration={key[0].upper() + key[1:]: value for key, value in origins.items()},
        )
        self.found[name, "ApiEndpoint"] = made["ApiEndpoint"]
        self.cors = origins
        authorizers = {}
        for called, scheme in body["components"]["securitySchemes"].items():
            authorizer = scheme["x-amazon-apigateway-authorizer"]
            authorizers[called] = gateway.create_authorizer(
                ApiId=made["ApiId"],
                Name=called,
                AuthorizerType=authorizer["type"].upper(),
                IdentitySource=[authorizer["identitySource"]],
                JwtConfiguration={key[0].upper() + key[1:]: it for key, it in authorizer["jwtConfiguration"].items()},
            )["AuthorizerId"]
        self.routes = []
        for path, methods in body["paths"].items():
            for method, operation in methods.items():
                integration = operation["x-amazon-apigateway-integration"]
                target = gateway.create_integration(
                    ApiId=made["ApiId"],
                    IntegrationType=integration["type"].upper(),
                    IntegrationUri=integration["uri"],
                    PayloadFormatVersion=integration["payloadFormatVersion"],
                )["IntegrationId"]
                guards = [guard for entry in operation["security"] for guard in entry if guard != "NONE"]
                key = path if path == "$default" else f"{method.replace('x-amazon-apigateway-any-method', 'any').upper()} {path}"
                gateway.create_route(
                    ApiId=made["ApiId"],
                    RouteKey=key,
                    Target=f"integrations/{target}",
                    AuthorizationType="JWT" if guards else "NONE",
                    **({"AuthorizerId": authorizers[guards[0]]} if guards else {}),
                )
                self.routes.append(key)
        return made["ApiId"]

    def stage(self, name, properties):
        self.aws("apigatewayv2").create_stage(
            **{key: it for key, it in properties.items() if key in ("ApiId", "StageName", "AutoDeploy")}
        )
        return properties["StageName"]

    def domain_name(self, name, properties):
        made = self.aws("apigatewayv2").create_domain_name(**properties)
        # moto does not say where a record has to lead.
        self.found[name, "RegionalDomainName"] = f"d-{name.lower()}.execute-api.amazonaws.com"
        self.found[name, "RegionalHostedZoneId"] = "Z1U9ULNL0V5AJ3"
        return self.called(name, made)

    def api_mapping(self, name, properties):
        return self.aws("apigatewayv2").create_api_mapping(**properties)["ApiMappingId"]

    def record_set(self, name, properties):
        record = {key: it for key, it in properties.items() if key != "HostedZoneId"}
        record["AliasTarget"] = {"EvaluateTargetHealth": False, **record["AliasTarget"]}
        self.aws("route53").change_resource_record_sets(
            HostedZoneId=properties["HostedZoneId"],
            ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]},
        )
        return properties["Name"]

    def permission(self, name, properties):
        self.aws("lambda").add_permission(StatementId=name, **properties)
        return name

    def event_invoke_config(self, name, properties):
        # moto asks for ARNs of destinations; what SAM leaves of none is an empty object.
        self.aws("lambda").put_function_event_invoke_config(**properties)
        return name

    def event_source_mapping(self, name, properties):
        if ":dynamodb:" in properties["EventSourceArn"]:
            # moto would start Docker at each change of the table, to invoke the function; so it is only asked for the stream.
            self.aws("dynamodbstreams").describe_stream(StreamArn=properties["EventSourceArn"])
            return name
        if "ScalingConfig" in properties:
            bound = int(properties["ScalingConfig"]["MaximumConcurrency"])
            properties = {**properties, "ScalingConfig": {"MaximumConcurrency": bound}}
        return self.aws("lambda").create_event_source_mapping(**properties)["UUID"]

    def subscription(self, name, properties):
        return self.aws("sns").subscribe(
            TopicArn=properties["TopicArn"], Protocol=properties["Protocol"], Endpoint=properties["Endpoint"]
        )["SubscriptionArn"]

    def schedule(self, name, properties):
        called = self.called(name, properties)
        self.aws("scheduler").create_schedule(**{**properties, "Name": called})
        return called

    def metric_filter(self, name, properties):
        transformations = [
            {"metricNamespace": it["MetricNamespace"], "metricName": it["MetricName"], "metricValue": it["MetricValue"]}
            for it in properties["MetricTransformations"]
        ]
        self.names += {("metric", f"{it['metricNamespace']}/{it['metricName']}") for it in transformations}
        self.aws("logs").put_metric_filter(
            logGroupName=properties["LogGroupName"],
            filterName=f"{self.name}-{name}",
            filterPattern=properties["FilterPattern"],
            metricTransformations=transformations,
        )
        return name

    def query_definition(self, name, properties):
        # moto has none.
        return self.called(name, properties)

    def alarm(self, name, properties):
        called = self.called(name, properties)
        topic = [self.given["AlarmTopicArn"]] if "AlarmTopicArn" in self.given else []
        if not properties["AlarmActions"] == properties["OKActions"] == topic:
            raise RuntimeError(f"{called} tells {properties['AlarmActions']}, and should tell {topic}")
        self.aws("cloudwatch").put_metric_alarm(**{**properties, "AlarmName": called})
        self.found[name, "Arn"] = f"arn:aws:cloudwatch:{self.arn}:alarm:{called}"
        return called

    def dashboard(self, name, properties):
        called = self.called(name, properties)
        self.aws("cloudwatch").put_dashboard(DashboardName=called, DashboardBody=properties["DashboardBody"])
        return called

    def application(self, name, properties):
        called = self.called(name, properties)
        self.aws("codedeploy").create_application(applicationName=called, computePlatform=properties["ComputePlatform"])
        return called

    def deployment_group(self, name, properties):
        called = self.called(name, properties)
        self.aws("codedeploy").create_deployment_group(
            applicationName=properties["ApplicationName"],
            deploymentGroupName=called,
            deploymentConfigName=properties["DeploymentConfigName"],
            serviceRoleArn=properties["ServiceRoleArn"],
            alarmConfiguration={
                "enabled": properties["AlarmConfiguration"]["Enabled"],
                "alarms": [{"name": alarm["Name"]} for alarm in properties["AlarmConfiguration"]["Alarms"]],
            },
        )
        return called
