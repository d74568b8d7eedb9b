package dev.tenantry.storage;

/// What a change rests on is no longer so, or another change is under way at the same rows. Nothing was written;
/// whoever decided on the change must look again and decide anew.
public final class Conflict extends RuntimeException {

    public Conflict() {
        super("the change met another one", null, false, false);
    }
}
