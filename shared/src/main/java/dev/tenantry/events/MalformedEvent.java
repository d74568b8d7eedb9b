package dev.tenantry.events;

import dev.tenantry.refusal.Refusal.Fault;
import java.util.List;

/// An event that its sender must correct: sent again as it is, it fails again. Who invoked the function reads the
/// message.
public final class MalformedEvent extends RuntimeException {

    private final transient List<Fault> faults;

    /// @param faults all that is wrong with the event, in words that repeat no value of it
    public MalformedEvent(List<Fault> faults) {
        super(words(faults), null, false, false);
        this.faults = List.copyOf(faults);
    }

    public MalformedEvent(String pointer, String message) {
        this(List.of(new Fault(pointer, message)));
    }

    public List<Fault> faults() {
        return faults;
    }

    private static String words(List<Fault> faults) {
        StringBuilder words = new StringBuilder();
        for (Fault fault : faults) {
            words.append(words.isEmpty() ? "" : "; ")
                    .append(fault.pointer().isEmpty() ? "the event" : fault.pointer())
                    .append(' ')
                    .append(fault.message());
        }
        return words.toString();
    }
}
