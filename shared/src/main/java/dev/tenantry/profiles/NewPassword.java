package dev.tenantry.profiles;

import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.storage.Deadline;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A password that is to be kept: hashed when it is first needed, after all cheaper questions are answered, and only
/// once, however often its request has to be decided anew. What that takes is not the table's time.
public final class NewPassword {

    private final ChargerPassword password;
    private @Nullable PasswordHash hash;

    public NewPassword(ChargerPassword password) {
        this.password = password;
    }

    /// The one that somebody wrote down as text.
    ///
    /// @throws InvalidValue if it can't be one
    public static NewPassword ofText(String text) {
        return new NewPassword(new ChargerPassword(text));
    }

    /// The one of the bytes that these hexadecimal digits say.
    ///
    /// @throws InvalidValue if it can't be one
    public static NewPassword ofHex(String digits) {
        return new NewPassword(ChargerPassword.ofHex(digits));
    }

    /// Slow the first time.
    ///
    /// @param random a source that nobody can foresee
    public PasswordHash hash(RandomGenerator random) {
        PasswordHash made = hash;
        if (made == null) {
            made = Deadline.outside(() -> PasswordHash.of(password, random));
            hash = made;
        }
        return made;
    }

    @Override
    public String toString() {
        return "NewPassword";
    }
}
