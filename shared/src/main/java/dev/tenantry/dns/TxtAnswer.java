package dev.tenantry.dns;

import java.util.List;

/// What DNS answers.
public sealed interface TxtAnswer {

    /// The name is there.
    ///
    /// @param values of its TXT records, none if it has none
    record Values(List<String> values) implements TxtAnswer {

        public Values {
            values = List.copyOf(values);
        }
    }

    /// There is no such name.
    record NoSuchName() implements TxtAnswer {}

    /// The name servers of that domain gave no valid answer, which is for those to correct who run them.
    record Broken() implements TxtAnswer {}
}
