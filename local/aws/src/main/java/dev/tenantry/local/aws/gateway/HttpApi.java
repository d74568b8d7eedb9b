package dev.tenantry.local.aws.gateway;

import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.lambda.DeployedFunction;
import dev.tenantry.local.aws.lambda.DeployedFunctions;
import dev.tenantry.local.aws.lambda.Invocation;
import dev.tenantry.local.aws.template.RouteDefinition;
import dev.tenantry.local.aws.template.Template;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The HTTP API of the template: route, authorizer, function, in API Gateway's order.
public final class HttpApi implements Endpoint {

    private final Routes routes;
    private final Optional<Cors> cors;
    private final Optional<JwtAuthorizer> authorizer;
    private final DeployedFunctions functions;
    private final Clock clock;

    /// @param authorizer guards the routes that say so; there must be one if any does
    public HttpApi(Template template, Optional<JwtAuthorizer> authorizer, DeployedFunctions functions, Clock clock) {
        this.routes = new Routes(template.routes());
        this.cors = template.cors().map(Cors::new);
        this.authorizer = authorizer;
        this.functions = functions;
        this.clock = clock;
    }

    @Override
    public Response answer(Request request) {
        String requestId = UUID.randomUUID().toString();
        return dispatch(request, requestId).with("apigw-requestid", requestId);
    }

    private Response dispatch(Request request, String requestId) {
        Optional<Routes.Match> match = routes.choose(request.method(), request.path());
        Optional<JwtAuthorizer.Decision> decision = match.filter(
                        it -> it.route().authorized())
                .map(it -> authorizer.orElseThrow().decide(request));
        // Before CORS: a guarded $default takes preflight requests too, and browsers send no token with them. And
        // without CORS headers, which are for preflight requests and the answers of integrations ("Configure CORS for
        // HTTP APIs"); an HTTP API has no gateway responses that could be given some ("Choose between REST APIs and
        // HTTP APIs").
        if (decision.isPresent() && decision.get() instanceof JwtAuthorizer.Decision.Refused(Response refusal)) {
            return refusal;
        }
        if (cors.isPresent() && Cors.isPreflight(request)) {
            return cors.get().preflight(request);
        }
        if (match.isEmpty()) {
            return Response.json(404, "{\"message\":\"Not Found\"}");
        }
        Optional<Claims> claims = decision.map(it -> ((JwtAuthorizer.Decision.Allowed) it).claims());
        Response answer = invoke(request, match.get(), claims, requestId);
        return cors.map(it -> it.decorate(request, answer)).orElse(answer);
    }

    private Response invoke(Request request, Routes.Match match, Optional<Claims> claims, String requestId) {
        RouteDefinition route = match.route();
        DeployedFunction function = functions.find(route.functionId()).orElseThrow();
        Instant now = clock.instant();
        Invocation invocation = function.invoke(EventV2.of(request, match, claims, requestId, now));
        return switch (invocation) {
            case Invocation.Returned(String answer) -> AnswerV2.parse(answer).orElseGet(HttpApi::serverError);
            case Invocation.Failed failed -> serverError();
            case Invocation.Refused refused -> Response.json(413, "{\"message\":\"Request Entity Too Large\"}");
        };
    }

    private static Response serverError() {
        return Response.json(500, "{\"message\":\"Internal Server Error\"}");
    }
}
