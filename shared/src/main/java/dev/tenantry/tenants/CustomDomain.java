package dev.tenantry.tenants;

import dev.tenantry.identity.HostName;
import dev.tenantry.refusal.InvalidValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A tenant's own address for its chargers: a `wss` URL (RFC 6455 §3) in ASCII with a fully qualified host name, at
/// most 255 characters. No user-info (RFC 3986 §7.5 warns of secrets in URLs), query or fragment.
///
/// Port and path are for whoever sets up chargers. What is proven, belongs to one tenant and leads to it is the host.
public record CustomDomain(String value) {

    private static final int MAX_LENGTH = 255;
    private static final String RULE =
            "must be a wss URL with a host name, such as wss://chargers.example.com/, or null";

    /// @throws InvalidValue if the URL breaks the rule above
    public CustomDomain {
        if (value.length() > MAX_LENGTH) {
            throw new InvalidValue("must have at most 255 characters");
        }
        URI uri = parse(value);
        if (!"wss".equals(uri.getScheme())
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || host(uri).isEmpty()
                || !hasUsualPort(uri)
                || value.chars().anyMatch(c -> c > '~')) {
            throw new InvalidValue(RULE);
        }
    }

    /// A domain that a tenant wants.
    ///
    /// @param brokerDomain where every tenant has an address already, in lower case
    /// @throws InvalidValue also if it lies there, or has a host whose proof would have too long a name
    public static CustomDomain wanted(String value, String brokerDomain) {
        CustomDomain domain = new CustomDomain(value);
        HostName host = domain.host();
        if (host.value().equals(brokerDomain) || host.value().endsWith("." + brokerDomain)) {
            throw new InvalidValue("must not be under " + brokerDomain + ", the domain that all tenants share");
        }
        if (host.value().length() > DomainProof.MAX_HOST_LENGTH) {
            throw new InvalidValue("must have a host name of at most " + DomainProof.MAX_HOST_LENGTH
                    + " characters, so that there is room for the name of the record that proves it");
        }
        return domain;
    }

    /// The host that chargers ask for.
    public HostName host() {
        return host(parse(value)).orElseThrow();
    }

    private static URI parse(String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException e) {
            throw new InvalidValue(RULE);
        }
    }

    private static Optional<HostName> host(URI uri) {
        @Nullable String host = uri.getHost();
        return host == null ? Optional.empty() : HostName.of(host);
    }

    /// None, or one from 1 to 65535; a colon with nothing behind it is neither.
    private static boolean hasUsualPort(URI uri) {
        int port = uri.getPort();
        return port == -1 ? !uri.getRawAuthority().endsWith(":") : port > 0 && port <= 65_535;
    }

    @Override
    public String toString() {
        return value;
    }
}
