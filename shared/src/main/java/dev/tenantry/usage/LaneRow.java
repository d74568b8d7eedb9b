package dev.tenantry.usage;

import dev.tenantry.storage.Row;

/// What lies at a place of a lane. Places sort by age.
sealed interface LaneRow permits Parcel, LaneRow.Spoilt {

    int lane();

    String position();

    /// What should be a parcel and can't be read.
    ///
    /// @param row what is there instead
    /// @param why it can't be read
    record Spoilt(int lane, String position, Row row, RuntimeException why) implements LaneRow {}
}
