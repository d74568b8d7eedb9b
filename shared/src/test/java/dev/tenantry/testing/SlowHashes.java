package dev.tenantry.testing;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.SecretKeyFactorySpi;
import org.jspecify.annotations.Nullable;

/// Counts the slow hashes that are computed from its beginning to its end: in the place of the JDK's own provider,
/// which it asks to do the work.
public final class SlowHashes extends Provider implements AutoCloseable {

    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";

    private final transient AtomicInteger count = new AtomicInteger();
    private transient volatile Runnable before = () -> {};

    private SlowHashes() {
        super("SlowHashes", "1", "Counts slow hashes");
        putService(new Service(this, "SecretKeyFactory", ALGORITHM, Counting.class.getName(), null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) {
                return new Counting();
            }
        });
    }

    public static SlowHashes counted() {
        SlowHashes hashes = new SlowHashes();
        Security.insertProviderAt(hashes, 1);
        return hashes;
    }

    public int count() {
        return count.get();
    }

    /// Lets that happen before each of them.
    public void before(Runnable action) {
        before = action;
    }

    @Override
    public void close() {
        Security.removeProvider(getName());
    }

    private final class Counting extends SecretKeyFactorySpi {

        @Override
        protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
            count.incrementAndGet();
            before.run();
            try {
                return SecretKeyFactory.getInstance(ALGORITHM, "SunJCE").generateSecret(spec);
            } catch (InvalidKeySpecException e) {
                throw e;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected KeySpec engineGetKeySpec(SecretKey key, Class<?> spec) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
            throw new UnsupportedOperationException();
        }
    }
}
