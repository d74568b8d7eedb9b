package dev.tenantry.functions.billing;

import static dev.tenantry.http.Response.created;
import static dev.tenantry.http.Response.ok;
import static dev.tenantry.http.Response.page;
import static dev.tenantry.tenancy.Role.ADMIN;

import dev.tenantry.billing.ListProducts;
import dev.tenantry.billing.Mirrored;
import dev.tenantry.billing.OpenCheckout;
import dev.tenantry.billing.OpenPortal;
import dev.tenantry.billing.OpenedCheckout;
import dev.tenantry.billing.OpenedPortal;
import dev.tenantry.http.Query;
import dev.tenantry.http.Reply;
import dev.tenantry.http.Reply.Note;
import dev.tenantry.http.Routes;
import dev.tenantry.storage.Decision;
import java.net.URI;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Provider;

/// What the billing function answers.
final class BillingRoutes {

    /// Anybody who is signed in may ask, so it gets to Stripe.
    static final String PRODUCTS = "/product";

    private final Provider<ListProducts> list;
    private final Provider<OpenPortal> open;
    private final Provider<OpenCheckout> checkout;

    @Inject
    BillingRoutes(Provider<ListProducts> list, Provider<OpenPortal> open, Provider<OpenCheckout> checkout) {
        this.list = list;
        this.open = open;
        this.checkout = checkout;
    }

    Routes table() {
        return Routes.table()
                .get(PRODUCTS, r -> page(r, list.get().run(r.page(), r.received()), new ProductShape()))
                .get(
                        "/tenant/{tenant}/billing",
                        ADMIN,
                        r -> opened(open.get().run(r.door(), r.query(this::returnUrl), r.received())))
                .post(
                        "/tenant/{tenant}/billing/checkout",
                        ADMIN,
                        r -> paid(checkout.get()
                                .run(
                                        r.door(),
                                        r.body(body -> CheckoutBody.create(body, checkout.get()::returnUrl)),
                                        r.operation(),
                                        r.received())));
    }

    /// What a new customer has subscribed to may be as unreadable as what an event tells of.
    private static Reply opened(Decision<OpenedPortal> portal) {
        return ok(portal, new PortalShape()).noting(portal.result().adopted().map(BillingRoutes::note));
    }

    /// What is made is Stripe's, and only Stripe's own address leads to it.
    private static Reply paid(Decision<OpenedCheckout> checkout) {
        return created(checkout, new CheckoutShape(), opened -> opened.url().toString())
                .noting(checkout.result().adopted().map(BillingRoutes::note));
    }

    private static Note note(Mirrored adopted) {
        return new Note(adopted.outcome().text(), adopted.counts());
    }

    private Optional<URI> returnUrl(Query query) {
        return query.complete(query.optional("returnUrl", open.get()::returnUrl));
    }
}
