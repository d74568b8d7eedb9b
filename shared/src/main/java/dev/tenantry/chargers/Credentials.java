package dev.tenantry.chargers;

import java.util.Optional;

/// What a charger shows when it connects.
///
/// @param tls                 the connection is encrypted
/// @param clientCertificateCn common name of the client certificate that the broker verified; empty if it showed none
/// @param authorization       value of the `Authorization` header; empty if it sent none
public record Credentials(boolean tls, Optional<String> clientCertificateCn, Optional<String> authorization) {

    /// Without the credentials.
    @Override
    public String toString() {
        return "Credentials[tls=" + tls + "]";
    }
}
