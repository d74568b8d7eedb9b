package dev.tenantry.metrics;

import dev.tenantry.refusal.InvalidValue;

/// How long a window is, by the clocks of its time zone.
public enum Interval {
    /// From one full local hour to the next.
    HOUR("hour"),
    /// From the start of a date to the start of the next.
    DAY("day"),
    /// From the start of a Monday to the start of the next.
    WEEK("week"),
    /// From the start of a month to the start of the next.
    MONTH("month");

    private final String text;

    Interval(String text) {
        this.text = text;
    }

    /// The interval of that name.
    ///
    /// @throws InvalidValue if there is none
    public static Interval of(String text) {
        for (Interval interval : values()) {
            if (interval.text.equals(text)) {
                return interval;
            }
        }
        throw new InvalidValue("must be one of hour, day, week, month");
    }
}
