package dev.tenantry.metrics;

import dev.tenantry.refusal.InvalidValue;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;

/// The name of a zone in the IANA time zone database, such as `Europe/Berlin`. An offset is none: it does not know when
/// clocks change.
public record TimeZoneName(ZoneId zone) {

    /// Where nobody says otherwise.
    public static final TimeZoneName UTC = TimeZoneName.of("UTC");

    /// The zone of that name, spelt as in the database.
    ///
    /// @throws InvalidValue if there is none
    public static TimeZoneName of(String name) {
        // ZoneId.of would also take +02:00, UTC+2 and Z. The provider knows the database, and names of its own beside
        // it.
        if (!ZoneRulesProvider.getAvailableZoneIds().contains(name) || name.startsWith("SystemV/")) {
            throw new InvalidValue("must be the name of an IANA time zone, such as Europe/Berlin, not an offset");
        }
        return new TimeZoneName(ZoneId.of(name));
    }
}
