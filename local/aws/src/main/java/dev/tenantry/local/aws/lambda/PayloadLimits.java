package dev.tenantry.local.aws.lambda;

/// How large events and answers may be (AWS Lambda Developer Guide, "Lambda quotas": invocation payload).
final class PayloadLimits {

    /// An event of an invocation that waits for its answer.
    static final int REQUEST_BYTES = 6 * 1024 * 1024;

    /// An event of an invocation that does not.
    static final int ASYNCHRONOUS_REQUEST_BYTES = 1024 * 1024;

    /// An answer. It is a little more than the guide says; the error that Lambda gives names the bytes.
    static final int RESPONSE_BYTES = 6_291_556;

    private PayloadLimits() {}
}
