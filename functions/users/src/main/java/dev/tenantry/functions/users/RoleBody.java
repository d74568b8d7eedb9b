package dev.tenantry.functions.users;

import dev.tenantry.http.Fields;
import dev.tenantry.http.Request;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.UserNotFound;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.UserId;
import dev.tenantry.users.ChangeRoles;
import dev.tenantry.users.RoleChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What requests say of people's roles.
final class RoleBody {

    private static final List<String> READ_ONLY =
            List.of("username", "givenName", "familyName", "joinedAt", "tenantId", "createdAt", "updatedAt");

    private RoleBody() {}

    /// The body of a change of several people: `[{id, role}]`, where `userId` is taken for `id`, so that a list can be edited
    /// and sent back.
    static List<RoleChange> bulk(Request request) {
        List<RoleChange> changes = request.bodyItems(ChangeRoles.MAX_PEOPLE, RoleBody::item);
        List<Fault> faults = new ArrayList<>();
        Set<UserId> seen = new HashSet<>();
        for (int i = 0; i < changes.size(); i++) {
            if (!seen.add(changes.get(i).user())) {
                faults.add(new Fault("/" + i + "/id", "is in the list already"));
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidRequest(faults);
        }
        return changes;
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

    private static RoleChange item(Fields body) {
        var id = body.optional("id", RoleBody::userId);
        var userId = body.optional("userId", RoleBody::userId);
        var role = body.required("role", Role::of);
        body.readOnly(READ_ONLY);
        if (!body.has("id") && !body.has("userId")) {
            body.fault("id", "is required");
        }
        return body.complete(() -> {
            Optional<UserId> user = id.get().or(userId);
            if (user.isEmpty() || userId.get().filter(other -> !other.equals(user.get())).isPresent()) {
                body.fault("userId", "must be the same as id, or absent");
            }
            return body.complete(() -> new RoleChange(user.orElseThrow(), role.get()));
        });
    }

    private static UserId userId(String text) {
        return UserId.of(text).orElseThrow(() -> new InvalidValue("must be a user's id, which is a UUID"));
    }
}
