package dev.tenantry.functions.users;

import dev.tenantry.http.Fields;
import dev.tenantry.http.Request;
import dev.tenantry.identity.UserId;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.UserNotFound;
import dev.tenantry.tenancy.Role;
import dev.tenantry.users.ChangeRoles;
import dev.tenantry.users.RoleChange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// What requests say of people's roles.
final class RoleBody {

    private static final List<String> READ_ONLY =
            List.of("username", "givenName", "familyName", "joinedAt", "tenantId", "createdAt", "updatedAt");

    private RoleBody() {}

    /// The body of a change of several people: `[{id, role}]`, where `userId` is taken for `id`, so that a list can
    /// be edited and sent back.
    static List<RoleChange> bulk(Request request) {
        Set<UserId> named = new HashSet<>();
        return request.bodyItems(ChangeRoles.MAX_PEOPLE, body -> item(body, named));
    }

    /// The body of a change of one person: `{role}`; who it is stands in the path.
    static List<RoleChange> single(Request request) {
        Role role = request.body(body -> {
            var wanted = body.required("role", Role::of);
            body.readOnly(READ_ONLY);
            body.readOnly(List.of("id", "userId"));
            return body.complete(wanted);
        });
        String userId = request.parameter("userId");
        return List.of(new RoleChange(
                UserId.of(userId).orElseThrow(() -> {
                    // Nobody has such an id; but whether that is any of the caller's business, the door knows.
                    request.door().open();
                    return new UserNotFound(List.of(userId));
                }),
                role));
    }

    /// @param named by the items before, and by this one from then on
    private static RoleChange item(Fields body, Set<UserId> named) {
        Set<UserId> here = new HashSet<>();
        Function<String, UserId> type = text -> {
            UserId user = userId(text);
            here.add(user);
            if (named.contains(user)) {
                throw new InvalidValue("is already in the list");
            }
            return user;
        };
        var id = body.optional("id", type);
        var userId = body.optional("userId", type);
        named.addAll(here);
        var role = body.required("role", Role::of);
        body.readOnly(READ_ONLY);
        if (!body.has("id") && !body.has("userId")) {
            body.fault("id", "is required");
        } else if (here.size() > 1) {
            body.fault("userId", "must be the same as id, or absent");
        }
        return body.complete(() -> new RoleChange(id.get().or(userId).orElseThrow(), role.get()));
    }

    private static UserId userId(String text) {
        return UserId.of(text).orElseThrow(() -> new InvalidValue("must be a user's id, which is a UUID"));
    }
}
