package dev.tenantry.invites;

import dev.tenantry.identity.UserId;
import dev.tenantry.users.Member;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a tenant's invites are numbered and counted by.
///
/// @param lastId  the id of the latest
/// @param waiting the open ones, by id
/// @param mails   how many were sent on the day that the latest was sent
public record InviteRegister(long lastId, Map<Long, Waiting> waiting, Optional<Mails> mails) {

    /// Of a tenant that never invited anybody.
    static final InviteRegister NONE = new InviteRegister(0, Map.of(), Optional.empty());

    public InviteRegister {
        waiting = Map.copyOf(waiting);
    }

    /// How many invites were sent on a day.
    ///
    /// @param day in UTC, since the epoch
    public record Mails(long day, int count) {}

    /// The day that a mail of now counts for: of two clocks around midnight the one that is ahead has begun it.
    ///
    /// @return in UTC, since the epoch
    long day(Instant now) {
        return Math.max(InviteStore.day(now), mails.map(Mails::day).orElse(0L));
    }

    /// How many invites were sent on that day.
    int mailsOn(long day) {
        return mails.filter(sent -> sent.day() == day).map(Mails::count).orElse(0);
    }

    /// How many invites were sent on the day of now.
    public int mailsToday(Instant now) {
        return mailsOn(day(now));
    }

    /// An open invite in brief.
    ///
    /// @param until from when on it can't be accepted
    /// @param by    who sent it; empty if nobody knows, of the first days
    public record Waiting(Instant until, Optional<Inviter> by) {}

    /// Who sent those that have not run out by then.
    public Set<UserId> inviters(Instant now) {
        Set<UserId> inviters = new HashSet<>();
        for (Waiting invite : waiting.values()) {
            if (invite.until().isAfter(now)) {
                invite.by().ifPresent(inviter -> inviters.add(inviter.id()));
            }
        }
        return inviters;
    }

    /// How many invites can be accepted at an instant.
    ///
    /// @param people the [#inviters] who are members
    public long pendingAt(Instant now, Map<UserId, Member> people) {
        return waiting.values().stream()
                .filter(invite -> invite.until().isAfter(now)
                        && invite.by()
                                .filter(inviter -> inviter.isStillAdmin(Optional.ofNullable(people.get(inviter.id()))))
                                .isPresent())
                .count();
    }
}
