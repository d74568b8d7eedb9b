package dev.tenantry.chargers;

import dev.tenantry.addresses.SourceNetwork;
import dev.tenantry.chargers.Admission.Visit;
import dev.tenantry.profiles.FormerPassword;
import dev.tenantry.profiles.PasswordCheck;
import dev.tenantry.profiles.PasswordHash;
import dev.tenantry.profiles.Profile;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import javax.inject.Inject;

/// Holds what a charger shows against what its profile asks for (OCPP 2.0.1, Part 2, A00; the security whitepaper for
/// 1.6).
final class Authentication {

    private final PasswordCheck passwords;
    private final WrongPasswordStore wrong;
    private final Clock clock;

    @Inject
    Authentication(PasswordCheck passwords, WrongPasswordStore wrong, Clock clock) {
        this.passwords = passwords;
        this.wrong = wrong;
        this.clock = clock;
    }

    /// What a charger has shown, and that was enough.
    ///
    /// @param isProven it is what only this charger has: a password of its own, or a certificate
    /// @param until    when it is enough no more by the clock; empty for never
    record Pass(boolean isProven, Optional<Instant> until) {

        private static final Pass PROVEN = new Pass(true, Optional.empty());
        private static final Pass SHARED = new Pass(false, Optional.empty());
    }

    /// @param visit with the wrong passwords that came from the event's network read along
    /// @throws Rejection if what it shows is not enough
    Pass require(Visit visit, Profile profile, ChargerEvent event, Credentials credentials) {
        return switch (profile.securityProfile()) {
            // A password of its own was set to be asked for, whatever its profile asks of others.
            case NONE ->
                visit.charger().flatMap(Charger::passwordHash).isPresent()
                        ? requirePassword(visit, profile, event, credentials)
                        : Pass.SHARED;
            case BASIC -> requirePassword(visit, profile, event, credentials);
            case BASIC_OVER_TLS -> {
                requireTls(credentials);
                yield requirePassword(visit, profile, event, credentials);
            }
            case CLIENT_CERTIFICATE -> {
                requireTls(credentials);
                requireCertificate(visit, credentials);
                yield Pass.PROVEN;
            }
        };
    }

    private static void requireTls(Credentials credentials) {
        if (!credentials.tls()) {
            throw new Rejection(Reason.INSECURE_TRANSPORT);
        }
    }

    /// The certificate's path was verified by the broker; here it is about whose it is (A00.FR.405).
    private static void requireCertificate(Visit visit, Credentials credentials) {
        String name = credentials.clientCertificateCn().orElse("");
        Proof proof = visit.charger().map(Charger::proof).orElse(Proof.NONE);
        // Not the one or the other: which of them it is takes no different time.
        if (!(visit.identity().isWritten(name) | proof.isSerialNumber(name))) {
            throw new Rejection(Reason.BAD_CREDENTIALS);
        }
    }

    private Pass requirePassword(Visit visit, Profile profile, ChargerEvent event, Credentials credentials) {
        BasicCredentials shown = credentials
                .authorization()
                .flatMap(BasicCredentials::in)
                .filter(basic -> basic.isOf(visit.identity()))
                .orElseThrow(() -> new Rejection(Reason.BAD_CREDENTIALS));
        SourceNetwork network = SourceNetwork.of(event.sourceIp());
        WrongPasswords before = wrong.found(visit.scope(), network);
        if (before.lockOut(visit.identity(), visit.scope().now())) {
            throw new Rejection(Reason.TOO_MANY_ATTEMPTS);
        }
        Optional<PasswordHash> own = visit.charger().flatMap(Charger::passwordHash);
        Optional<Pass> pass =
                own.isPresent() ? Optional.of(Pass.PROVEN).filter(_ -> isOf(own, shown)) : sharedPass(profile, shown);
        if (pass.isEmpty()) {
            wrong.count(visit.scope(), network, before, visit.identity());
            throw new Rejection(Reason.BAD_CREDENTIALS);
        }
        return pass.get();
    }

    private Optional<Pass> sharedPass(Profile profile, BasicCredentials shown) {
        if (isOf(profile.passwordHash(), shown)) {
            return Optional.of(Pass.SHARED);
        }
        Optional<FormerPassword> former = profile.formerPassword(clock.instant());
        return isOf(former.map(FormerPassword::hash), shown)
                ? Optional.of(new Pass(false, former.map(FormerPassword::validUntil)))
                : Optional.empty();
    }

    private boolean isOf(Optional<PasswordHash> hash, BasicCredentials shown) {
        return hash.filter(kept -> passwords.matches(kept, shown.password())).isPresent();
    }
}
