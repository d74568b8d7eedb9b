package dev.tenantry.local.reference;

import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.util.regex.Pattern;

/// The usage page at `/docs/usage`: a tenant's metrics, drawn in the browser from what the API answers. Its files are
/// plain HTML, CSS and ES modules, served as they are.
public final class UsagePage implements Endpoint {

    private static final String PATH = "/docs/usage";
    private static final String FILES = "/docs/usage/";

    /// A name without a slash or a second dot leaves the directory by no trick.
    private static final Pattern FILE = Pattern.compile("[a-z]+[.](?:css|js)");

    private static final WebJar UPLOT = new WebJar("org.webjars.npm", "uplot");

    /// Nothing inline, nothing from elsewhere. The chart library sets styles by script, which a policy does not
    /// concern.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// `/docs/usage` and what is below it.
    @Override
    public Response answer(Request request) {
        if (!request.method().equals("GET")) {
            return PageFile.notAllowed();
        }
        String path = request.path();
        if (path.equals(PATH)) {
            return PageFile.answer(FILES + "page.html").with("content-security-policy", POLICY);
        }
        String name = path.substring(FILES.length());
        return switch (name) {
            case "uPlot.esm.js", "uPlot.min.css" -> PageFile.of(UPLOT, "dist/" + name, PageFile.contentType(name));
            default -> FILE.matcher(name).matches() ? PageFile.answer(FILES + name) : PageFile.notFound();
        };
    }
}
