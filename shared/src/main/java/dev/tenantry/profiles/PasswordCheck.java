package dev.tenantry.profiles;

import dev.tenantry.storage.Deadline;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Compares passwords with their slow hashes, and each pair only once: a password is a profile's, so a thousand
/// chargers that come back at the same time bring the same one (docs/adr/0014).
///
/// What was found is remembered under an HMAC over hash and password with a key that this process drew at random and
/// tells nobody. So there is no quick digest of a password in its memory that could be tried elsewhere.
@Singleton
public final class PasswordCheck {

    /// Most pairs to remember of those that matched, and as many of those that did not, the oldest forgotten first.
    /// They do not displace each other: who guesses passwords cannot make the right ones slow.
    static final int MAX_REMEMBERED = 1000;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final RandomGenerator random;
    private final Map<ByteBuffer, CompletableFuture<Boolean>> underWay = new LinkedHashMap<>();
    private final Map<ByteBuffer, Boolean> matching = remembered();
    private final Map<ByteBuffer, Boolean> differing = remembered();
    private @Nullable SecretKeySpec key;

    @Inject
    PasswordCheck(RandomGenerator random) {
        this.random = random;
    }

    /// Whether the hash was made from that password. Slow if that pair is new, which is not the table's time; who
    /// asks for it meanwhile waits for the same answer.
    public boolean matches(PasswordHash hash, byte[] password) {
        ByteBuffer name;
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        @Nullable CompletableFuture<Boolean> begun;
        synchronized (this) {
            name = name(hash, password);
            if (matching.containsKey(name)) {
                return true;
            }
            if (differing.containsKey(name)) {
                return false;
            }
            begun = underWay.putIfAbsent(name, answer);
        }
        return Deadline.outside(() -> begun == null ? compute(hash, password, name, answer) : begun.join());
    }

    private boolean compute(PasswordHash hash, byte[] password, ByteBuffer name, CompletableFuture<Boolean> answer) {
        try {
            boolean matches = hash.matches(password);
            synchronized (this) {
                (matches ? matching : differing).put(name, matches);
            }
            answer.complete(matches);
            return matches;
        } catch (Throwable e) {
            // Errors too: whoever waits for this answer would wait for ever.
            answer.completeExceptionally(e);
            throw e;
        } finally {
            synchronized (this) {
                underWay.remove(name);
            }
        }
    }

    /// Computes a hash that nobody asked for, so that no charger waits until its classes are loaded and its loop is
    /// compiled. Draws no key and remembers nothing.
    public void prime() {
        PasswordHash.ofNothing().matches(new byte[0]);
    }

    /// Forgets everything, the key included. A snapshot of this process may start more than one; each draws its
    /// own.
    public synchronized void forget() {
        matching.clear();
        differing.clear();
        key = null;
    }

    private ByteBuffer name(PasswordHash hash, byte[] password) {
        SecretKeySpec current = key;
        if (current == null) {
            byte[] bytes = new byte[KEY_BYTES];
            random.nextBytes(bytes);
            current = new SecretKeySpec(bytes, ALGORITHM);
            key = current;
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(current);
            mac.update(hash.text().getBytes(StandardCharsets.US_ASCII));
            // The hash's text has no zero byte, so no other pair comes to the same bytes.
            mac.update((byte) 0);
            return ByteBuffer.wrap(mac.doFinal(password));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static Map<ByteBuffer, Boolean> remembered() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
                return size() > MAX_REMEMBERED;
            }
        };
    }
}
