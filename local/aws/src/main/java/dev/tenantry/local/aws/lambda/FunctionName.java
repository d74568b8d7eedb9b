package dev.tenantry.local.aws.lambda;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A function as callers name it: by name, `account:function:name`, or ARN, each with or without a qualifier
/// (AWS Lambda API Reference, "Invoke": FunctionName).
///
/// @param name      the function's own name
/// @param qualifier alias or version
record FunctionName(String name, Optional<String> qualifier) {

    private static final Pattern FORMS = Pattern.compile(
            "(?:(?:arn:aws:lambda:[a-z0-9-]+:)?[0-9]{12}:function:)?" + "([A-Za-z0-9_-]+)(?::([$A-Za-z0-9_-]+))?");

    static Optional<FunctionName> parse(String text) {
        Matcher form = FORMS.matcher(text);
        return form.matches()
                ? Optional.of(new FunctionName(form.group(1), Optional.ofNullable(form.group(2))))
                : Optional.empty();
    }

    static String arn(String name) {
        return "arn:aws:lambda:us-east-1:000000000000:function:" + name;
    }
}
