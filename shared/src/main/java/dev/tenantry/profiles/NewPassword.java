package dev.tenantry.profiles;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A password that is to be kept: hashed when it is first needed, after all cheaper questions are answered, and only
/// once, however often its request has to be decided anew.
public final class NewPassword {

    private final ChargerPassword password;
    private @Nullable PasswordHash hash;

    public NewPassword(ChargerPassword password) {
        this.password = password;
    }

    /// Slow the first time.
    ///
    /// @param random a source that nobody can foresee
    public PasswordHash hash(RandomGenerator random) {
        PasswordHash made = hash;
        if (made == null) {
            made = PasswordHash.of(password, random);
            hash = made;
        }
        return made;
    }

    @Override
    public String toString() {
        return "NewPassword";
    }
}
