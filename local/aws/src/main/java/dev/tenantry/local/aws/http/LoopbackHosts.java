package dev.tenantry.local.aws.http;

import java.util.regex.Pattern;

/// Answers those only who call this machine by a name that is nobody else's. A page of a stranger can have its own name
/// point here (DNS rebinding), and to a browser it would then be of the same origin as what it reads.
public final class LoopbackHosts implements Endpoint {

    private static final Pattern LOOPBACK =
            Pattern.compile("(?:127[.]0[.]0[.]1|localhost|\\[::1])(?::[0-9]*)?", Pattern.CASE_INSENSITIVE);

    private final Endpoint endpoint;

    /// @param endpoint what they are answered by
    public LoopbackHosts(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public Response answer(Request request) {
        boolean meant = request.headers()
                .joined("host")
                .filter(host -> LOOPBACK.matcher(host).matches())
                .isPresent();
        return meant
                ? endpoint.answer(request)
                : Response.json(
                        421,
                        "{\"message\":\"Misdirected Request: call this service by 127.0.0.1 or localhost, as its Host"
                                + " header has to say.\"}");
    }
}
