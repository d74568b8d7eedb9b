package dev.tenantry.chargers;

import dev.tenantry.identity.ChargePointIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// User name and password of HTTP's Basic authentication, as bytes: which characters they stand for, nobody needs to
/// know (RFC 7617 §2).
final class BasicCredentials {

    private static final String SCHEME = "Basic ";

    private final byte[] userName;
    private final byte[] password;

    private BasicCredentials(byte[] userName, byte[] password) {
        this.userName = userName;
        this.password = password;
    }

    /// The credentials in the value of an `Authorization` header; empty if there are none of this scheme.
    static Optional<BasicCredentials> in(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        byte[] pair;
        try {
            pair = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        for (int i = 0; i < pair.length; i++) {
            if (pair[i] == ':') {
                // The first colon: a user name has none, a password may.
                return Optional.of(
                        new BasicCredentials(Arrays.copyOf(pair, i), Arrays.copyOfRange(pair, i + 1, pair.length)));
            }
        }
        return Optional.empty();
    }

    /// Whether the user name is the identity, as OCPP demands (OCPP 2.0.1, Part 2, A00.FR.204; the security
    /// whitepaper says the same for 1.6). Case counts as little as it does in the path.
    boolean isOf(ChargePointIdentity identity) {
        return identity.isWritten(new String(userName, StandardCharsets.ISO_8859_1));
    }

    byte[] password() {
        return password.clone();
    }

    @Override
    public String toString() {
        return "BasicCredentials";
    }
}
