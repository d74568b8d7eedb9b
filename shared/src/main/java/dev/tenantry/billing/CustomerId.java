package dev.tenantry.billing;

/// A customer at Stripe, such as `cus_NffrFeUfNV2Hib`: at most 255 letters, digits and `_` (Stripe, "Objects IDs").
public record CustomerId(String value) {

    private static final int MAX_LENGTH = 255;

    public CustomerId {
        if (!isStripeId(value)) {
            throw new IllegalArgumentException("a customer id has 1 to 255 letters, digits and underscores");
        }
    }

    /// Whether a text can be the id of something at Stripe.
    public static boolean isStripeId(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '_') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
