package dev.tenantry.local.aws;

import java.util.List;

/// Why the local service does not start, as lines a developer can act on.
public final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> lines;

    /// @param lines one clear line per reason
    public CannotStart(List<String> lines) {
        super(String.join(" ", lines));
        this.lines = List.copyOf(lines);
    }

    /// @param line the reason
    public CannotStart(String line, Throwable cause) {
        super(line, cause);
        this.lines = List.of(line);
    }

    /// The reasons, one line each.
    public List<String> lines() {
        return lines;
    }
}
