package dev.tenantry.tests.openapi;

/// One documented operation.
///
/// @param method       HTTP method in upper case
/// @param path         path template, `/tenant/{tenant}`
/// @param id           `operationId`
/// @param requiredRole `x-required-role`: `viewer`, `user`, `admin`, `signed-in` or `stripe`
/// @param extension    whether it goes beyond the compatibility target (`x-extension`)
public record Operation(String method, String path, String id, String requiredRole, boolean extension) {

    /// The operation as API Gateway writes a route key, `GET /tenant/{tenant}`.
    public String route() {
        return method + " " + path;
    }

    /// Whether a call of this path, or the template itself, is a call of this operation's path.
    boolean takes(String calledPath) {
        String[] expected = path.split("/", -1);
        String[] called = calledPath.split("/", -1);
        if (expected.length != called.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            boolean parameter = expected[i].startsWith("{");
            if (parameter ? called[i].isEmpty() : !expected[i].equals(called[i])) {
                return false;
            }
        }
        return true;
    }
}
