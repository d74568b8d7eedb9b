package dev.tenantry.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.StoreTest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public class ProfileStoreTest extends StoreTest {

    private static final PasswordHash HASH =
            PasswordHash.of(new ChargerPassword("0123456789abcdef"), new SecureRandom(), 1000);

    @Test
    void keepsAProfileAsItIs() {
        Profile full = new Profile(
                1,
                new ProfileName("Depot"),
                Optional.of(new ProfileDescription("All of them")),
                CpmsUrl.parse("wss://cpms.example.com/ocpp"),
                true,
                HeartbeatInterval.of(60),
                SecurityProfile.BASIC_OVER_TLS,
                Optional.of(HASH),
                Optional.of(new FormerPassword(HASH, clock.instant().plusSeconds(7))),
                Configuration.of(Map.of("MeterValueSampleInterval", "30", "Empty", "")),
                0,
                clock.instant(),
                clock.instant(),
                1);
        create("acme", full, true);
        Profile bare = profile(2, "Bare");
        create("acme", bare, false);

        Profile read = find("acme", 1).orElseThrow();
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("passwordHash", "formerPassword")
                .isEqualTo(full);
        assertThat(read.passwordHash().orElseThrow().matches("0123456789abcdef".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(read.formerPassword().orElseThrow().hash().text()).isEqualTo(HASH.text());
        assertThat(read.formerPassword().get().validUntil())
                .isEqualTo(clock.instant().plusSeconds(7));
        assertThat(find("acme", 2)).contains(bare);
        assertThat(list("acme")).hasSize(2).contains(bare);
        assertThat(register("acme")).isEqualTo(new ProfileRegister(2, 2, Optional.of(1L)));
    }

    @Test
    void cannotSeeAnotherTenantsProfiles() {
        create("other", profile(1, "Theirs"), true);

        assertOnlyOtherFinds(ProfileStore.profile(1));
        assertOnlyOtherSees(List.of(), this::list);
        assertOnlyOtherSees(ProfileRegister.NONE, this::register);
    }

    @Test
    void cannotChangeAnotherTenantsProfiles() {
        Profile theirs = profile(1, "Theirs");
        create("other", theirs, true);
        TenantScope scope = core.scope("acme", ProfileStore.register());

        assertConflict(change -> core.profiles().update(change, scope, theirs, edited(theirs, "Mine")));
        assertConflict(change -> core.profiles().delete(change, scope, theirs));
        assertConflict(change -> core.profiles().addCharger(change, scope, 1));
        assertConflict(change -> core.profiles().guardExists(change, scope, 1));
        ProfileRegister register = register("other");
        assertConflict(change -> core.profiles().register(change, scope, register, register.without(1)));
        assertThat(find("other", 1)).contains(theirs);
        assertThat(register("other")).isEqualTo(register);
    }

    @Test
    void countsChargersWithoutANewVersion() {
        create("acme", profile(1, "Depot"), true);
        Profile seen = find("acme", 1).orElseThrow();
        addCharger("acme", 1);
        addCharger("acme", 1);

        Profile now = find("acme", 1).orElseThrow();
        assertThat(now.chargerCount()).isEqualTo(2);
        assertThat(now.version()).isEqualTo(seen.version());
        // Decided on before they came, and still good: it leaves their number alone.
        core.commit(change -> core.profiles().update(change, core.scope("acme"), seen, edited(seen, "New name")));
        assertThat(find("acme", 1).orElseThrow().chargerCount()).isEqualTo(2);
    }

    @Test
    void addsNoChargerToAProfileThatIsGone() {
        assertThatThrownBy(() -> addCharger("acme", 1)).isInstanceOf(Conflict.class);
        assertThat(find("acme", 1)).isEmpty();
    }

    @Test
    void guardsThatAProfileIsThere() {
        assertConflict(change -> core.profiles().guardExists(change, core.scope("acme"), 1));
        create("acme", profile(1, "Depot"), true);

        assertThatCode(() -> core.commit(change -> core.profiles().guardExists(change, core.scope("acme"), 1)))
                .doesNotThrowAnyException();
    }

    @Test
    void deletesNoProfileThatAChargerHas() {
        create("acme", profile(1, "Depot"), true);
        Profile seen = find("acme", 1).orElseThrow();
        addCharger("acme", 1);

        assertConflict(change -> core.profiles().delete(change, core.scope("acme"), seen));
        assertThat(find("acme", 1)).isPresent();
    }

    @Test
    void changesAndDeletesAProfileOnlyAsItWasRead() {
        create("acme", profile(1, "Depot"), true);
        Profile seen = find("acme", 1).orElseThrow();
        core.commit(change -> core.profiles().update(change, core.scope("acme"), seen, edited(seen, "First")));

        assertConflict(change -> core.profiles().update(change, core.scope("acme"), seen, edited(seen, "Second")));
        assertConflict(change -> core.profiles().delete(change, core.scope("acme"), seen));
        assertThat(find("acme", 1).orElseThrow().displayName().value()).isEqualTo("First");
    }

    @Test
    void changesTheRegisterOnlyAsItWasRead() {
        TenantScope scope = core.scope("acme");
        ProfileRegister none = ProfileRegister.NONE;
        create("acme", profile(1, "One"), true);
        assertConflict(change -> core.profiles().register(change, scope, none, none.with(1, true)));

        ProfileRegister one = register("acme");
        create("acme", profile(2, "Two"), false);
        // Another was created, another became the default.
        assertConflict(change -> core.profiles().register(change, scope, one, one.with(2, false)));
        assertConflict(change -> core.profiles().register(change, scope, one, one.without(1)));
        ProfileRegister two = register("acme");
        core.commit(change -> core.profiles().register(change, scope, two, two.withDefault(2)));
        assertConflict(change -> core.profiles().register(change, scope, two, two.without(2)));
        ProfileRegister moved = register("acme");
        core.commit(change -> core.profiles().register(change, scope, moved, moved.without(1)));
        // That one goes is in no other's way.
        core.commit(change -> core.profiles().register(change, scope, moved, moved.with(3, false)));
        assertThat(register("acme")).isEqualTo(new ProfileRegister(3, 2, Optional.of(2L)));
    }

    @Test
    void givesNoIdOutTwiceAlthoughAsManyProfilesAreLeft() {
        create("acme", profile(1, "One"), true);
        ProfileRegister seen = register("acme");
        create("acme", profile(2, "Two"), false);
        ProfileRegister two = register("acme");
        Profile second = find("acme", 2).orElseThrow();
        core.commit(change -> {
            core.profiles().delete(change, core.scope("acme"), second);
            core.profiles().register(change, core.scope("acme"), two, two.without(2));
        });

        // One came and went: number and default are as before.
        assertConflict(change -> core.profiles().register(change, core.scope("acme"), seen, seen.with(2, false)));
    }

    @Test
    void forgetsTheDefaultWithTheLastProfileButNotItsId() {
        create("acme", profile(1, "One"), true);
        ProfileRegister one = register("acme");
        core.commit(change -> core.profiles().register(change, core.scope("acme"), one, one.without(1)));

        assertThat(register("acme")).isEqualTo(new ProfileRegister(1, 0, Optional.empty()));
        // Decided on when there was none yet: by now it is another empty register.
        assertConflict(change -> core.profiles()
                .register(change, core.scope("acme"), ProfileRegister.NONE, ProfileRegister.NONE.with(1, true)));
        create("acme", profile(2, "Two"), false);
        assertThat(register("acme")).isEqualTo(new ProfileRegister(2, 1, Optional.of(2L)));
    }

    @Test
    void givesTheOldDefaultANewVersion() {
        create("acme", profile(1, "One"), true);
        create("acme", profile(2, "Two"), false);
        clock.advance(Duration.ofSeconds(5));
        ProfileRegister from = register("acme");
        core.commit(change -> core.profiles().register(change, core.scope("acme"), from, from.withDefault(2)));

        Profile old = find("acme", 1).orElseThrow();
        assertThat(old.version()).isEqualTo(2);
        assertThat(old.updatedAt()).isEqualTo(clock.instant());
        assertThat(find("acme", 2).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void pagesByIdWithoutGapOrRepeat() {
        for (int i = 1; i <= 11; i++) {
            create("acme", profile(i, "No. " + i), i == 1);
        }
        create("other", profile(1, "Theirs"), true);

        List<Page<Profile>> pages = pages(4);

        assertThat(Pages.items(pages))
                .extracting(Profile::id)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        assertThat(Pages.sizes(pages)).containsExactly(4, 4, 3);
        assertThat(Pages.sizes(pages(11))).containsExactly(11);
    }

    @Test
    void endsAPageWhereAnAnswerWouldBeTooLarge() {
        Map<String, String> largest = new LinkedHashMap<>();
        for (int i = 0; i < Configuration.MAX_KEYS; i++) {
            largest.put("😀".repeat(46) + String.format("%04d", i), "😀".repeat(500));
        }
        for (int i = 1; i <= 7; i++) {
            create("acme", configured(i, Configuration.of(largest)), i == 1);
        }

        List<Page<Profile>> pages = pages(1000);

        // 219 KB each: DynamoDB answers five of them at once, the last one beyond its megabyte.
        assertThat(Pages.sizes(pages))
                .hasSize(2)
                .allSatisfy(size -> assertThat(size).isBetween(2, 5));
        assertThat(Pages.items(pages)).extracting(Profile::id).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void refusesAPositionThatIsNone() {
        for (String position : List.of("", "x", "-1", "1x", "12345678901234567")) {
            assertThatThrownBy(
                            () -> core.profiles().list(core.scope("acme"), new PageRequest(3, Optional.of(position))))
                    .isInstanceOf(InvalidRequest.class);
        }
    }

    private List<Page<Profile>> pages(int limit) {
        return Pages.of(limit, page -> core.profiles().list(core.scope("acme"), page));
    }

    private Profile profile(long id, String name) {
        return configured(id, name, Configuration.NONE);
    }

    private Profile configured(long id, Configuration configuration) {
        return configured(id, "No. " + id, configuration);
    }

    private Profile configured(long id, String name, Configuration configuration) {
        return new Profile(
                id,
                new ProfileName(name),
                Optional.empty(),
                CpmsUrl.parse("wss://cpms.example.com/"),
                false,
                HeartbeatInterval.USUAL,
                SecurityProfile.NONE,
                Optional.empty(),
                Optional.empty(),
                configuration,
                0,
                clock.instant(),
                clock.instant(),
                1);
    }

    private static Profile edited(Profile from, String name) {
        return new Profile(
                from.id(),
                new ProfileName(name),
                from.description(),
                from.cpmsUrl(),
                from.authPassThrough(),
                from.heartbeatInterval(),
                from.securityProfile(),
                from.passwordHash(),
                from.formerPassword(),
                from.configuration(),
                from.chargerCount(),
                from.createdAt(),
                from.updatedAt(),
                from.version() + 1);
    }

    private void create(String tenant, Profile profile, boolean isDefault) {
        ProfileRegister from = register(tenant);
        core.commit(change -> {
            core.profiles().create(change, core.scope(tenant), profile);
            core.profiles().register(change, core.scope(tenant), from, from.with(profile.id(), isDefault));
        });
    }

    private void addCharger(String tenant, long id) {
        core.commit(change -> core.profiles().addCharger(change, core.scope(tenant), id));
    }

    private Optional<Profile> find(String tenant, long id) {
        return core.find(tenant, ProfileStore.profile(id));
    }

    private ProfileRegister register(String tenant) {
        return core.profiles().register(core.scope(tenant, ProfileStore.register()));
    }

    private List<Profile> list(String tenant) {
        return core.profiles().list(core.scope(tenant), Pages.LARGEST).items();
    }
}
