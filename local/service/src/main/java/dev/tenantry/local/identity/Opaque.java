package dev.tenantry.local.identity;

import java.util.Base64;
import java.util.random.RandomGenerator;

/// Makes values that nobody guesses: 256 random bits each.
record Opaque(RandomGenerator random) {

    private static final int BYTES = 32;

    String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
