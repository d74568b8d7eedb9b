package dev.tenantry.text;

/// Stands for JSON's null among plain values.
public enum Absent {
    NULL
}
