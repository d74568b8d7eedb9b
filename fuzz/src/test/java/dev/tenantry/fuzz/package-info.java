/// What fuzzed functions do with what nobody meant them to get: whatever it is, they keep what they promise
/// (CONTRIBUTING.md, "Fuzzing").
@NullMarked
package dev.tenantry.fuzz;

import org.jspecify.annotations.NullMarked;
