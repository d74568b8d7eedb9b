package dev.tenantry.functions.invites;

import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiFunction;
import dev.tenantry.invites.SendInvite;

/// The Lambda function of invites.
public final class InvitesHandler extends ApiFunction {

    private final SendInvite send;

    public InvitesHandler() {
        this(Settings.fromEnvironment());
    }

    public InvitesHandler(Settings settings) {
        this(DaggerInvitesComponent.factory().create(settings));
    }

    private InvitesHandler(InvitesComponent component) {
        super(component.context(), component.routes().table());
        this.send = component.send();
    }

    @Override
    protected void primeOthers() {
        send.prime();
    }

    @Override
    protected String primingBody(String routeKey) {
        return switch (routeKey) {
            case "POST /tenant/{tenant}/invite" ->
                "{\"receiver\":\"primed@example.com\",\"role\":\"user\",\"language\":\"en\"}";
            case "POST /invite/accept" -> "{\"token\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}";
            default -> super.primingBody(routeKey);
        };
    }
}
