package dev.tenantry.local.aws.template;

/// Something in the template that can't be served locally. The message names the place.
public final class TemplateProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TemplateProblem(String place, String problem) {
        super("template.yaml: " + place + ": " + problem);
    }
}
