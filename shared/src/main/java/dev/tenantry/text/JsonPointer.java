package dev.tenantry.text;

/// How a fault says which part of a JSON document it is about (RFC 6901).
public final class JsonPointer {

    private JsonPointer() {}

    /// The step to a field: what follows the pointer to the object that it is in (§3).
    public static String to(String field) {
        return "/" + field.replace("~", "~0").replace("/", "~1");
    }
}
