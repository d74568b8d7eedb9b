import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.client.ApiClient;
import dev.tenantry.client.ApiException;
import dev.tenantry.client.ApiResponse;
import dev.tenantry.client.api.ChargersApi;
import dev.tenantry.client.api.MyTenantsApi;
import dev.tenantry.client.api.TenantApi;
import dev.tenantry.client.model.Charger;
import dev.tenantry.client.model.Fault;
import dev.tenantry.client.model.ProfileCreation;
import dev.tenantry.client.model.TenantCreation;
import dev.tenantry.client.model.Problem;
import dev.tenantry.client.model.Profile;
import dev.tenantry.client.model.Provisioning;
import dev.tenantry.client.model.Tenant;
import dev.tenantry.client.model.TenantChange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A session with the service by the client that openapi-generator makes for `java` with the library `native`.
final class Session {

    private static final Pattern NEXT = Pattern.compile("<[^>]*[?&]cursor=([^&>]+)[^>]*>; rel=\"next\"");

    interface Call {
        void run() throws ApiException;
    }

    private final String url;
    private final ObjectMapper json = ApiClient.createDefaultObjectMapper();

    private Session(String url) {
        this.url = url;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, ApiException {
        new Session(arguments[0]).hold();
    }

    private void hold() throws IOException, InterruptedException, ApiException {
        String prefix = "java-" + Long.toString(System.nanoTime(), 36);
        ApiClient ada = signIn("ada@" + prefix + ".example");
        TenantApi api = new TenantApi(ada);

        // Page through the chargers of the demo tenant.
        ChargersApi chargers = new ChargersApi(signIn("viewer@demo.example"));
        List<Charger> found = new ArrayList<>();
        int pages = 0;
        String cursor = null;
        do {
            ApiResponse<List<Charger>> page = chargers.listChargersWithHttpInfo("demo", null, null, null, null, 5, cursor);
            found.addAll(page.getData());
            cursor = next(page);
            pages++;
        } while (cursor != null);
        check(pages > 1);
        check(found.stream().map(Charger::getId).distinct().count() == found.size());
        check(found.stream().anyMatch(charger -> charger.getOnline() && charger.getLastSeenAt() != null));

        // Create, then edit what was read.
        Tenant created = new MyTenantsApi(ada)
                .createTenant(new TenantCreation().name("Volt Valley").domainPrefix(prefix), prefix);
        check(created.getDeletedAt() == null);
        ApiResponse<Tenant> read = api.getTenantWithHttpInfo(prefix);
        String etag = header(read, "etag");
        TenantChange change = json.convertValue(read.getData(), TenantChange.class).name("Volt Valley Charging");
        Tenant edited = api.updateTenant(prefix, change, etag);
        check(edited.getName().equals("Volt Valley Charging"));
        check(edited.getId().equals(created.getId()));

        // The same version once more.
        Problem stale = problem(() -> api.updateTenant(prefix, change, etag));
        check(stale.getStatus() == 412 && stale.getCode().equals("precondition_failed"));
        Problem invalid = problem(() -> api.updateTenant(prefix, new TenantChange().name(" "), null));
        check(invalid.getErrors().stream().map(Fault::getPointer).toList().equals(List.of("/name")));

        // Both states of provisioning, and a body that may be left out.
        check(!api.getProvisionStatus(prefix).getActive());
        Profile profile = api.createProfile(
                prefix, new ProfileCreation().displayName("Depot").cpmsUrl(URI.create("wss://cpms.example.com/ocpp")), null);
        check(api.getProfile(prefix, profile.getId()).getId().equals(profile.getId()));
        Provisioning on = api.startProvisioning(prefix, null, null);
        check(on.getActive() && on.getExpiresAt().isAfter(on.getStartedAt()));
        check(api.getTenantStats(prefix).getSubscription() == null);

        // A later version may answer more.
        ObjectNode more = json.valueToTree(read.getData());
        check(json.treeToValue(more.put("colour", 1), Tenant.class).getId().equals(created.getId()));
        System.out.println(found.size() + " chargers on " + pages + " pages, one tenant edited, " + stale.getCode()
                + " and " + invalid.getCode() + " read");
    }

    private ApiClient signIn(String email) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/_local/token"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"email\":\"" + email + "\"}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            JsonNode answer =
                    json.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
            String token = answer.path("access_token").asText();
            ApiClient client = new ApiClient();
            client.updateBaseUri(url);
            client.setRequestInterceptor(call -> call.header("Authorization", "Bearer " + token));
            return client;
        }
    }

    /// The cursor of the next page; null on the last one.
    private static String next(ApiResponse<?> page) {
        Matcher link = NEXT.matcher(header(page, "link"));
        return link.find() ? URLDecoder.decode(link.group(1), StandardCharsets.UTF_8) : null;
    }

    private static String header(ApiResponse<?> answer, String name) {
        return String.join(", ", answer.getHeaders().getOrDefault(name, List.of()));
    }

    /// What the service says of a call that has to fail.
    private Problem problem(Call call) throws IOException {
        try {
            call.run();
        } catch (ApiException e) {
            return json.readValue(e.getResponseBody(), Problem.class);
        }
        throw new AssertionError("the call did not fail");
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError("the service answered something else");
        }
    }
}
