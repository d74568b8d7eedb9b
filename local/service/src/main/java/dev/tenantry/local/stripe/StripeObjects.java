package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// The objects of an account by their ids, and the file that keeps them from one start to the next. Not thread-safe:
/// [StripeAccount] has the lock.
final class StripeObjects {

    private final Clock clock;
    private final Optional<Path> file;
    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();

    /// @param file what it holds is read, and written when something is saved; nothing is kept if empty
    StripeObjects(Clock clock, Optional<Path> file) {
        this.clock = clock;
        this.file = file;
        file.filter(Files::exists).ifPresent(this::load);
    }

    /// A new id, such as `cus_` and 20 hexadecimal digits.
    static String id(String prefix) {
        byte[] random = new byte[10];
        ThreadLocalRandom.current().nextBytes(random);
        return prefix + "_" + HexFormat.of().formatHex(random);
    }

    /// A list and more.
    static List<String> with(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }

    /// Seconds since 1970, as Stripe writes times.
    long now() {
        return clock.instant().getEpochSecond();
    }

    /// An object with what all objects have. It is not there yet.
    ObjectNode make(String id, String type) {
        return Json.object()
                .put("id", id)
                .put("object", type)
                .put("created", now())
                .put("livemode", false);
    }

    /// Has the object in place of the one with its id.
    void put(ObjectNode object) {
        objects.put(object.path("id").asText(), object);
    }

    void remove(String id) {
        objects.remove(id);
    }

    Optional<ObjectNode> find(String id) {
        return Optional.ofNullable(objects.get(id));
    }

    /// @throws StripeError if there is none of this type
    ObjectNode get(String type, String id) {
        return find(id).filter(object -> object.path("object").asText().equals(type))
                .orElseThrow(() -> StripeError.missing(type, id));
    }

    /// What a parameter names.
    ///
    /// @throws StripeError if there is none of this type
    ObjectNode named(String type, Form form, String parameter) {
        String id = form.required(parameter);
        return find(id).filter(object -> object.path("object").asText().equals(type))
                .orElseThrow(() -> StripeError.missing(type, id, form.name(parameter)));
    }

    /// Those of a type that have what parameters of the same names say.
    ///
    /// @param exact names of parameters, and of what they are compared with
    List<ObjectNode> filtered(String type, Form form, String... exact) {
        return newestFirst(type).stream()
                .filter(object -> Stream.of(exact)
                        .allMatch(name -> form.text(name)
                                .map(object.path(name).asText()::equals)
                                .orElse(true)))
                .toList();
    }

    /// All of a type.
    List<ObjectNode> newestFirst(String type) {
        List<ObjectNode> all = new ArrayList<>(objects.values().stream()
                .filter(object -> object.path("object").asText().equals(type))
                .toList());
        return all.reversed();
    }

    /// Writes the file, if there is one.
    void save() {
        if (file.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(file.get().toAbsolutePath().getParent());
            Path next = file.get().resolveSibling(file.get().getFileName() + ".next");
            Files.writeString(next, Json.text(objects.values()));
            Files.move(next, file.get(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void load(Path from) {
        try {
            JsonNode saved =
                    Json.parse(Files.readString(from)).orElseThrow(() -> new IOException(from + " is no JSON"));
            saved.forEach(object -> put((ObjectNode) object));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
