package dev.tenantry.metrics;

import dev.tenantry.refusal.InvalidValue;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;

/// The name of a zone in the IANA time zone database, such as `Europe/Berlin`. An offset is none: it does not know when
/// clocks change.
public record TimeZoneName(ZoneId zone) {

    /// Links of the database that Java leaves out, most of them to keep them free for abbreviations (tz database,
    /// `backward`).
    private static final Map<String, String> LINKS = Map.of(
            "EST", "America/Panama",
            "MST", "America/Phoenix",
            "HST", "Pacific/Honolulu",
            "ROC", "Asia/Taipei",
            "GMT+0", "Etc/GMT",
            "GMT-0", "Etc/GMT");

    /// Where nobody says otherwise.
    public static final TimeZoneName UTC = TimeZoneName.of("UTC");

    /// The zone of that name, spelt as in the database.
    ///
    /// @throws InvalidValue if there is none
    public static TimeZoneName of(String name) {
        // ZoneId.of would also take +02:00, UTC+2 and Z. The provider knows the database, and names of its own beside
        // it.
        String known = LINKS.getOrDefault(name, name);
        if (!ZoneRulesProvider.getAvailableZoneIds().contains(known) || known.startsWith("SystemV/")) {
            throw new InvalidValue("must be the name of an IANA time zone, such as Europe/Berlin, not an offset");
        }
        return new TimeZoneName(ZoneId.of(known));
    }
}
