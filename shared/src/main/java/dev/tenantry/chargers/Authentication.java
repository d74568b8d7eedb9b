package dev.tenantry.chargers;

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
    void require(Profile profile, ChargePointIdentity identity, Proof proof) {
        switch (profile.securityProfile()) {
            case NONE -> {}
            case BASIC -> requirePassword(profile, identity, proof);
            case BASIC_OVER_TLS -> {
                requireTls(proof);
                requirePassword(profile, identity, proof);
            }
            case CLIENT_CERTIFICATE -> {
                requireTls(proof);
                if (proof.clientCertificateCn().filter(identity::isWritten).isEmpty()) {
                    throw new Rejection(Reason.BAD_CREDENTIALS);
                }
            }
        }
    }

    private static void requireTls(Proof proof) {
        if (!proof.tls()) {
            throw new Rejection(Reason.INSECURE_TRANSPORT);
        }
    }

    private void requirePassword(Profile profile, ChargePointIdentity identity, Proof proof) {
        BasicCredentials credentials = proof.authorization()
                .flatMap(BasicCredentials::in)
                .filter(shown -> shown.isOf(identity))
                .orElseThrow(() -> new Rejection(Reason.BAD_CREDENTIALS));
        boolean matches = profile.passwordHash()
                .filter(hash -> passwords.matches(hash, credentials.password()))
                .isPresent();
        if (!matches) {
            throw new Rejection(Reason.BAD_CREDENTIALS);
        }
    }
}
