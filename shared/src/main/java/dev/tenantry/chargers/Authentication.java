package dev.tenantry.chargers;

import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.profiles.PasswordCheck;
import dev.tenantry.profiles.Profile;
import javax.inject.Inject;

/// Holds what a charger shows against what its profile asks for (OCPP 2.0.1, Part 2, A00; the security whitepaper for
/// 1.6).
final class Authentication {

    private final PasswordCheck passwords;

    @Inject
    Authentication(PasswordCheck passwords) {
        this.passwords = passwords;
    }

    /// @throws Rejection if it is not enough
    void require(Profile profile, ChargePointIdentity identity, Credentials credentials) {
        switch (profile.securityProfile()) {
            case NONE -> {}
            case BASIC -> requirePassword(profile, identity, credentials);
            case BASIC_OVER_TLS -> {
                requireTls(credentials);
                requirePassword(profile, identity, credentials);
            }
            case CLIENT_CERTIFICATE -> {
                requireTls(credentials);
                if (credentials
                        .clientCertificateCn()
                        .filter(identity::isWritten)
                        .isEmpty()) {
                    throw new Rejection(Reason.BAD_CREDENTIALS);
                }
            }
        }
    }

    private static void requireTls(Credentials credentials) {
        if (!credentials.tls()) {
            throw new Rejection(Reason.INSECURE_TRANSPORT);
        }
    }

    private void requirePassword(Profile profile, ChargePointIdentity identity, Credentials credentials) {
        BasicCredentials shown = credentials
                .authorization()
                .flatMap(BasicCredentials::in)
                .filter(basic -> basic.isOf(identity))
                .orElseThrow(() -> new Rejection(Reason.BAD_CREDENTIALS));
        boolean matches = profile.passwordHash()
                .filter(hash -> passwords.matches(hash, shown.password()))
                .isPresent();
        if (!matches) {
            throw new Rejection(Reason.BAD_CREDENTIALS);
        }
    }
}
