package dev.tenantry.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.StoreTest;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// What no test of a store may leave out.
class EveryStoreTest {

    private static final Path CORE = origin(TenantScope.class);
    private static final Path TESTS = origin(StoreTest.class);

    /// A store that tells a tenant nothing, like that of Stripe's events, keeps nothing from it.
    @Test
    void looksAtAnotherTenantsRows() throws IOException {
        List<Class<?>> stores = classes(CORE, "Store.class").stream()
                .filter(store -> Arrays.stream(store.getDeclaredMethods()).anyMatch(EveryStoreTest::tellsATenant))
                .toList();

        assertThat(stores).hasSizeGreaterThan(5).allSatisfy(store -> {
            Path test = TESTS.resolve(store.getName().replace('.', '/') + "Test.class");
            assertThat(test).exists();
            assertThat(calls(test)).as(test.toString()).anyMatch(method -> method.startsWith("assertOnlyOther"));
        });
    }

    @Test
    void runsOnAnotherDynamoDbToo() throws IOException {
        Stream<? extends Class<?>> there =
                Arrays.stream(EveryStore.class.getDeclaredClasses()).map(Class::getSuperclass);

        assertThat(classes(TESTS, "StoreTest.class"))
                .filteredOn(type -> type != StoreTest.class && StoreTest.class.isAssignableFrom(type))
                .containsExactlyInAnyOrderElementsOf(there.toList());
    }

    private static boolean tellsATenant(Method method) {
        // The body of a lambda is no method that anybody calls.
        return !method.isSynthetic()
                && List.of(method.getParameterTypes()).contains(TenantScope.class)
                && method.getReturnType() != void.class;
    }

    private static Stream<String> calls(Path type) throws IOException {
        return StreamSupport.stream(ClassFile.of().parse(type).constantPool().spliterator(), false)
                .filter(MemberRefEntry.class::isInstance)
                .map(called -> ((MemberRefEntry) called).name().stringValue());
    }

    private static List<Class<?>> classes(Path origin, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(origin)) {
            return files.map(file -> origin.relativize(file).toString())
                    .filter(file -> file.endsWith(ending))
                    .<Class<?>>map(file -> named(file.replace(".class", "").replace('/', '.')))
                    .toList();
        }
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The directory that a class was compiled into.
    private static Path origin(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
