package dev.tenantry.provisioning;

import dev.tenantry.edit.Edit;
import java.time.Duration;
import java.util.Optional;

/// What somebody wants to be different about the open window. What is empty stays.
///
/// @param duration    for how long it stays open from now on
/// @param maxChargers how many chargers may register in it, those that have included
public record WindowEdit(Optional<Duration> duration, Edit<Long> maxChargers) {}
