package dev.tenantry.local.identity;

/// Why a client does not get what it asked for (RFC 6749, sections 4.1.2.1 and 5.2; OpenID Connect Core 1.0,
/// section 3.1.2.6).
final class OAuthError extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String description;

    /// @param code        a word of the specifications
    /// @param description what to do, in printable ASCII without quotes and backslashes
    OAuthError(String code, String description) {
        super(code + ": " + description);
        this.code = code;
        this.description = description;
    }

    String code() {
        return code;
    }

    String description() {
        return description;
    }
}
