package dev.tenantry.functions.profiles;

import static dev.tenantry.http.Response.created;
import static dev.tenantry.http.Response.noContent;
import static dev.tenantry.http.Response.ok;
import static dev.tenantry.http.Response.page;
import static dev.tenantry.tenancy.Role.USER;
import static dev.tenantry.tenancy.Role.VIEWER;

import dev.tenantry.http.Routes;
import dev.tenantry.profiles.CreateProfile;
import dev.tenantry.profiles.DeleteProfile;
import dev.tenantry.profiles.ListProfiles;
import dev.tenantry.profiles.ShowProfile;
import dev.tenantry.profiles.UpdateProfile;
import javax.inject.Inject;
import javax.inject.Provider;

/// What the profiles function answers.
final class ProfilesRoutes {

    private final Provider<ListProfiles> list;
    private final Provider<CreateProfile> create;
    private final Provider<ShowProfile> show;
    private final Provider<UpdateProfile> update;
    private final Provider<DeleteProfile> delete;

    @Inject
    ProfilesRoutes(
            Provider<ListProfiles> list,
            Provider<CreateProfile> create,
            Provider<ShowProfile> show,
            Provider<UpdateProfile> update,
            Provider<DeleteProfile> delete) {
        this.list = list;
        this.create = create;
        this.show = show;
        this.update = update;
        this.delete = delete;
    }

    Routes table() {
        return Routes.table()
                .get(
                        "/tenant/{tenant}/profile",
                        VIEWER,
                        r -> page(r, list.get().run(r.door(), r.page()), new ProfileShape()))
                .post(
                        "/tenant/{tenant}/profile",
                        USER,
                        r -> created(
                                create.get().run(r.door(), r.body(ProfileBody::create)),
                                new ProfileShape(),
                                shown -> "/tenant/" + r.parameter("tenant") + "/profile/"
                                        + shown.profile().id()))
                .get(
                        "/tenant/{tenant}/profile/{profileId}",
                        VIEWER,
                        r -> ok(show.get().run(r.door(), r.parameter("profileId")), new ProfileShape()))
                .put(
                        "/tenant/{tenant}/profile/{profileId}",
                        USER,
                        r -> ok(
                                update.get()
                                        .run(
                                                r.door(),
                                                r.parameter("profileId"),
                                                r.body(ProfileBody::edit),
                                                r.precondition()),
                                new ProfileShape()))
                .delete(
                        "/tenant/{tenant}/profile/{profileId}",
                        USER,
                        r -> noContent(delete.get().run(r.door(), r.parameter("profileId"), r.precondition())));
    }
}
