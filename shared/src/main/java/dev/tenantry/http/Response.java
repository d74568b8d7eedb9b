package dev.tenantry.http;

import dev.tenantry.runtime.JsonText;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// An answer, before it takes the form that the gateway wants.
///
/// @param headers by name as it goes out
/// @param body    JSON or CSV; empty for none
public record Response(int status, Map<String, String> headers, Optional<String> body) {

    static final String JSON = "application/json";
    /// With what RFC 4180 §3 has parameters for.
    static final String CSV = "text/csv; charset=utf-8; header=present";

    static final String PROBLEM = "application/problem+json";

    public Response {
        headers = Map.copyOf(headers);
    }

    /// 200 with the thing.
    public static <T> Reply ok(T thing, Shape<T> shape) {
        return new Reply(of(200, thing, shape), Optional.empty());
    }

    /// 200 with the thing, once the change has happened.
    public static <T> Reply ok(Decision<T> decision, Shape<T> shape) {
        return new Reply(of(200, decision.result(), shape), Optional.of(decision.change()));
    }

    /// 201 with the new thing and where it is, once the change has happened.
    ///
    /// @param location path that the thing's own methods take
    public static <T> Reply created(Decision<T> decision, Shape<T> shape, Function<T, String> location) {
        return new Reply(
                of(201, decision.result(), shape).with("Location", location.apply(decision.result())),
                Optional.of(decision.change()));
    }

    /// 204, once the change has happened.
    public static Reply noContent(Decision<?> decision) {
        return new Reply(new Response(204, Map.of(), Optional.empty()), Optional.of(decision.change()));
    }

    /// 200 with a bare array, and in `Link` where the list goes on if it does (RFC 8288). It ends before it would
    /// be too large.
    ///
    /// @param request the request for this page, which the next one repeats but for its cursor
    public static <T> Reply page(Request request, Page<T> page, Shape<T> shape) {
        return reply(request, PageBody.json(page, shape), JSON);
    }

    /// Like [#page], or the same page as CSV for whom that fits better.
    ///
    /// @param request the request for this page, which the next one repeats but for its cursor
    public static <T> Reply tabular(Request request, Page<T> page, TableShape<T> shape) {
        Reply reply = request.prefersCsv()
                ? reply(request, PageBody.csv(page, shape), CSV)
                : reply(request, PageBody.json(page, shape), JSON);
        return new Reply(reply.response().with("Vary", "Accept"), reply.change());
    }

    private static Reply reply(Request request, PageBody body, String type) {
        Response response = new Response(200, Map.of("Content-Type", type), Optional.of(body.text()));
        return new Reply(
                body.next()
                        .map(position -> response.with("Link", "<" + request.linkTo(position) + ">; rel=\"next\""))
                        .orElse(response),
                Optional.empty());
    }

    static String etag(long version) {
        return "\"" + version + "\"";
    }

    Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, more, body);
    }

    private static <T> Response of(int status, T thing, Shape<T> shape) {
        Response response = new Response(
                status, Map.of("Content-Type", JSON), Optional.of(JsonText.of(json -> shape.write(json, thing))));
        return shape.version(thing)
                .map(version -> response.with("ETag", etag(version)))
                .orElse(response);
    }
}
