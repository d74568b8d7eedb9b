package dev.tenantry.functions.users;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.http.Shape;
import dev.tenantry.users.Member;
import java.io.IOException;
import java.util.List;

/// People in an answer.
final class UserListShape implements Shape<List<Member>> {

    private final UserShape shape = new UserShape();

    @Override
    public void write(JsonGenerator json, List<Member> members) throws IOException {
        json.writeStartArray();
        for (Member member : members) {
            shape.write(json, member);
        }
        json.writeEndArray();
    }
}
