package dev.tenantry.functions.users;

import static dev.tenantry.http.Response.noContent;
import static dev.tenantry.http.Response.ok;
import static dev.tenantry.http.Response.page;
import static dev.tenantry.tenancy.Role.ADMIN;
import static dev.tenantry.tenancy.Role.VIEWER;

import dev.tenantry.http.Routes;
import dev.tenantry.users.ChangeRoles;
import dev.tenantry.users.ListMembers;
import dev.tenantry.users.RemoveMember;
import java.util.List;
import javax.inject.Inject;
import javax.inject.Provider;

/// What the users function answers.
final class UsersRoutes {

    private final Provider<ListMembers> list;
    private final Provider<ChangeRoles> changeRoles;
    private final Provider<RemoveMember> remove;

    @Inject
    UsersRoutes(Provider<ListMembers> list, Provider<ChangeRoles> changeRoles, Provider<RemoveMember> remove) {
        this.list = list;
        this.changeRoles = changeRoles;
        this.remove = remove;
    }

    Routes table() {
        return Routes.table()
                .get("/tenant/{tenant}/user", VIEWER, r -> page(r, list.get().run(r.door(), r.page()), new UserShape()))
                .put(
                        "/tenant/{tenant}/user",
                        ADMIN,
                        r -> ok(changeRoles.get().run(r.door(), RoleBody.bulk(r)), new UserListShape()))
                .put(
                        "/tenant/{tenant}/user/{userId}",
                        ADMIN,
                        r -> ok(
                                changeRoles
                                        .get()
                                        .run(r.door(), RoleBody.single(r))
                                        .map(List::getFirst),
                                new UserShape()))
                // Admins anyone, everyone themselves: the use case insists.
                .delete(
                        "/tenant/{tenant}/user/{userId}",
                        VIEWER,
                        r -> noContent(remove.get().run(r.door(), r.parameter("userId"))));
    }
}
