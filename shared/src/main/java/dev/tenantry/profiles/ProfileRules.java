package dev.tenantry.profiles;

import dev.tenantry.config.Settings;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;

/// What must hold for a profile whose single values are all right.
final class ProfileRules {

    private final Settings settings;

    @Inject
    ProfileRules(Settings settings) {
        this.settings = settings;
    }

    /// @param wanted      the URL that somebody asks for; empty if it stays what it is
    /// @param hasPassword whether there is a password afterwards
    /// @param canOverlap  false if a former password is to be taken for a while and there is none
    /// @throws InvalidRequest if the URL leads back to the broker itself, or if there is no password to hold
    ///                        against what chargers show, or no former one
    void require(Optional<CpmsUrl> wanted, SecurityProfile securityProfile, boolean hasPassword, boolean canOverlap) {
        List<Fault> faults = new ArrayList<>();
        if (wanted.isPresent() && leadsBack(wanted.get())) {
            faults.add(new Fault(
                    "/cpmsUrl",
                    "must not be under " + settings.brokerDomain() + ", the domain that chargers connect to"));
        }
        if (securityProfile.needsPassword() && !hasPassword) {
            faults.add(new Fault("/password", SecurityProfile.NEEDS_PASSWORD));
        }
        if (!canOverlap) {
            faults.add(new Fault("/oldPasswordValidSeconds", "needs a new password beside it: no former one is valid"));
        }
        if (!faults.isEmpty()) {
            throw new InvalidRequest(faults);
        }
    }

    private boolean leadsBack(CpmsUrl url) {
        String host = url.host();
        return host.equals(settings.brokerDomain()) || host.endsWith("." + settings.brokerDomain());
    }
}
