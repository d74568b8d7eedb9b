package dev.tenantry.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.refusal.Refusal.AlreadyMember;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TwoTenants;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FollowIdentityTest extends TwoTenants {

    private final Caller bob = join("bob");

    @Test
    void changesNothingWhileAllIsAsItWas() {
        assertThat(Core.roundTrips(() -> follow(bob))).isEqualTo(1);
        assertThat(core.followIdentity().run(scope(bob), bob).isEmpty()).isTrue();
    }

    @Test
    void takesOverAddressAndNamesOnce() {
        Caller renamed = person(bob, "bob@new.example", true, "Robert", "Builder");

        assertThat(Core.roundTrips(() -> follow(renamed))).isEqualTo(3);
        assertThat(Core.roundTrips(() -> follow(renamed))).isEqualTo(1);

        Member member = member(bob);
        assertThat(member.username()).isEqualTo("bob@new.example");
        assertThat(member.givenName()).isEqualTo("Robert");
        assertThat(member.familyName()).isEqualTo("Builder");
        assertThat(member.role()).isEqualTo(Role.USER);
        assertThat(holder("bob@example.com")).isEmpty();
        assertThat(holder("BOB@new.example")).contains(bob.id().value());
    }

    @Test
    void takesOverNamesWithoutAskingForTheAddress() {
        assertThat(Core.roundTrips(() -> follow(person(bob, "Bob@Example.com", true, "Robert", "Example"))))
                .isEqualTo(2);

        assertThat(member(bob).username()).isEqualTo("Bob@Example.com");
        assertThat(holder("bob@example.com")).contains(bob.id().value());
    }

    @Test
    void keepsWhatTheTokenDoesNotSayOrNobodyVouchesFor() {
        Member before = member(bob);

        follow(person(bob, "victim@example.com", false, "", ""));
        follow(new Caller(bob.id(), Optional.empty(), true, "", "", "203.0.113.10", "r"));

        assertThat(member(bob)).isEqualTo(before);
        assertThat(holder("victim@example.com")).isEmpty();
    }

    @Test
    void judgesByTheAddressThatAMemberHasNow() {
        follow(person(bob, "bob@new.example", true, "bob", "Example"));

        Caller newBob = People.named("newcomer");
        core.commit(core.addMember().run(core.scope("acme"), newBob, "bob@example.com", Role.VIEWER));
        assertThatThrownBy(() -> core.commit(
                        core.addMember().run(core.scope("acme"), People.named("x"), "bob@new.example", Role.VIEWER)))
                .isInstanceOf(AlreadyMember.class);
    }

    /// An address can be another member's before its former owner is seen with a new one.
    @Test
    void givesAnAddressToWhoHasItNow() {
        Caller cyd = join("cyd");

        follow(person(cyd, "bob@example.com", true, "cyd", "Example"));

        assertThat(holder("bob@example.com")).contains(cyd.id().value());
        assertThat(holder("cyd@example.com")).isEmpty();
        // Nobody is called by an address that is another's.
        assertThat(member(bob).username()).isEmpty();
        assertThat(member(bob).givenName()).isNotEmpty();
        // Bob leaves, and takes nothing with him that is not his.
        core.commit(core.removeMember()
                .run(core.door(ada, "acme", Role.VIEWER), bob.id().value()));
        assertThat(holder("bob@example.com")).contains(cyd.id().value());
        core.commit(core.removeMember()
                .run(core.door(ada, "acme", Role.VIEWER), cyd.id().value()));
        assertThat(holder("bob@example.com")).isEmpty();
    }

    @Test
    void findsItsWayOutOfAnAddressThatIsAnothersNow() {
        Caller cyd = join("cyd");
        follow(person(cyd, "bob@example.com", true, "cyd", "Example"));

        follow(person(bob, "bob@new.example", true, "bob", "Example"));

        assertThat(holder("bob@example.com")).contains(cyd.id().value());
        assertThat(holder("bob@new.example")).contains(bob.id().value());
        core.commit(core.removeMember()
                .run(core.door(ada, "acme", Role.VIEWER), bob.id().value()));
        assertThat(holder("bob@new.example")).isEmpty();
    }

    /// An address that went to another and is free again is whose it is by the next token.
    @Test
    void givesAnAddressBack() {
        Caller cyd = join("cyd");
        follow(person(cyd, "bob@example.com", true, "cyd", "Example"));
        core.commit(core.removeMember()
                .run(core.door(ada, "acme", Role.VIEWER), cyd.id().value()));
        assertThat(holder("bob@example.com")).isEmpty();

        follow(person(bob, "bob@example.com", true, "bob", "Example"));

        assertThat(holder("bob@example.com")).contains(bob.id().value());
        assertThat(member(bob).username()).isEqualTo("bob@example.com");
        assertThatThrownBy(() -> core.commit(
                        core.addMember().run(core.scope("acme"), People.named("x"), "bob@example.com", Role.VIEWER)))
                .isInstanceOf(AlreadyMember.class);
    }

    @Test
    void isNotDoneForWhoIsGone() {
        TenantScope scope = scope(bob);
        Change change = core.followIdentity().run(scope, person(bob, "bob@new.example", true, "b", "B"));
        core.commit(core.removeMember()
                .run(core.door(ada, "acme", Role.VIEWER), bob.id().value()));

        assertThatThrownBy(() -> core.table().commit(change)).isInstanceOf(Conflict.class);
        assertThat(holder("bob@new.example")).isEmpty();
    }

    /// However addresses wander, each row stands for who was last seen with it, and goes with them.
    @Test
    void leavesNoRowBehindHoweverAddressesWander() throws InterruptedException {
        List<Caller> people = List.of(bob, join("cyd"), join("dan"), join("eve"));
        for (int round = 0; round < 10; round++) {
            int shift = round;
            Race.run(8, i -> () -> {
                Caller person = people.get(i % 4);
                String address = "shared" + (i + shift) % 5 + "@example.com";
                for (int tries = 0; tries < 20; tries++) {
                    try {
                        follow(person(person, address, true, person.givenName(), "Example"));
                        return address;
                    } catch (Conflict e) {
                        Thread.onSpinWait();
                    }
                }
                return "";
            });
            for (int i = 0; i < 5; i++) {
                String address = "shared" + i + "@example.com";
                holder(address)
                        .ifPresent(id -> assertThat(members())
                                .filteredOn(member -> member.userId().value().equals(id))
                                .singleElement()
                                .satisfies(member -> {
                                    assertThat(member.username()).isEqualTo(address);
                                }));
            }
        }
        for (Caller person : people) {
            core.commit(core.removeMember()
                    .run(core.door(ada, "acme", Role.VIEWER), person.id().value()));
        }
        for (int i = 0; i < 5; i++) {
            assertThat(holder("shared" + i + "@example.com")).isEmpty();
        }
    }

    private Caller join(String name) {
        Caller person = People.named(name);
        core.commit(core.addMember().run(core.scope("acme"), person, name + "@example.com", Role.USER));
        return person;
    }

    private static Caller person(Caller person, String email, boolean verified, String givenName, String familyName) {
        return new Caller(person.id(), Optional.of(email), verified, givenName, familyName, "203.0.113.10", "r");
    }

    private TenantScope scope(Caller person) {
        return core.door(person, "acme", Role.VIEWER).open();
    }

    private void follow(Caller person) {
        core.table().commit(core.followIdentity().run(scope(person), person));
    }

    private Optional<String> holder(String address) {
        return core.find("acme", MemberStore.withEmail(EmailIdentity.of(address)))
                .map(id -> id.value());
    }

    private Member member(Caller person) {
        return core.find("acme", MemberStore.member(person.id())).orElseThrow();
    }

    private List<Member> members() {
        return core.members().list(core.scope("acme"), Pages.LARGEST).items();
    }
}
