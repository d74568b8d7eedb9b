package dev.tenantry.tests.project;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.tenantry.billing.StripeEvent;
import dev.tenantry.config.Settings;
import dev.tenantry.local.Main;
import dev.tenantry.local.aws.template.Template;
import dev.tenantry.local.fleet.FleetMain;
import dev.tenantry.local.operate.OperateMain;
import dev.tenantry.runtime.LambdaFunction;
import dev.tenantry.stats.RepairCounters;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.KeyRange;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Table;
import dev.tenantry.stripe.StripeSignature;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.usage.ImportUsage;
import dev.tenantry.wiring.CoreModule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Where a line of code may live, and what it may know there.
class ArchitectureTest {

    private static final String[] FUNCTIONS = {"dev.tenantry.functions.."};

    /// What answers requests and events. All other packages of the shared module are its core, those to come
    /// included.
    private static final String[] ENTRY_POINTS = {
        "dev.tenantry.runtime..", "dev.tenantry.http..", "dev.tenantry.events..", "dev.tenantry.functions.."
    };

    private static final String LOCAL = "dev.tenantry.local..";

    private static final String OPERATORS_FUNCTION = "dev.tenantry.functions.operator..";

    /// Of local mode, what imitates AWS.
    private static final String AWS = "dev.tenantry.local.aws..";

    /// Each package is a floor, but for storage and tenancy, which are one: a key takes a scope, so that nobody
    /// writes down a key of a tenant that they may not touch, and doors read rows (docs/adr/0002).
    private static final SliceAssignment FLOORS = new SliceAssignment() {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return switch (name) {
                case "dev.tenantry.storage", "dev.tenantry.tenancy" -> SliceIdentifier.of("storage and tenancy");
                default -> SliceIdentifier.of(name);
            };
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    };

    private static final DescribedPredicate<JavaClass> GENERATED =
            nameMatching(".*[.]Dagger[^.]*|.*_Factory.*|.*_MembersInjector").forSubtype();

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // The jar of the shared module's tests.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.tenantry")
            .that(DescribedPredicate.not(GENERATED));

    @Test
    void seesTheWholeProject() {
        assertThat(CLASSES.contain(Table.class)).isTrue();
        assertThat(CLASSES.contain(Main.class)).isTrue();
        assertThat(CLASSES.contain(Template.class)).isTrue();
        assertThat(Project.template().functions())
                .allSatisfy(function -> assertThat(
                                CLASSES.contain(function.handler().replaceFirst("::.*", "")))
                        .isTrue());
        assertThat(CLASSES).noneSatisfy(type -> assertThat(type.getName()).endsWith("Test"));
    }

    @Test
    void keepsStorageFromFunctions() {
        noClasses()
                .that()
                .resideInAnyPackage(FUNCTIONS)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Table.class, Keys.class, Key.class, KeyRange.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..")
                .because("a function only knows the shape of requests and answers; data is reached through use cases")
                .check(CLASSES);
    }

    @Test
    void keepsHttpFromUseCasesAndStores() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ENTRY_POINTS)
                .and()
                .resideOutsideOfPackage(LOCAL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ENTRY_POINTS)
                .because("a business rule holds whatever the way a request came in")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(ENTRY_POINTS)
                .and()
                .resideOutsideOfPackages(LOCAL, "dev.tenantry.stripe..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml..", "com.amazonaws..")
                .because("JSON is how requests and events come in; besides, only Stripe's secret is some")
                .check(CLASSES);
    }

    @Test
    void keepsTheSdkInStorage() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.tenantry..")
                .and()
                .resideOutsideOfPackages(
                        "dev.tenantry.storage..",
                        "dev.tenantry.wiring..",
                        "dev.tenantry.mail..",
                        "dev.tenantry.bus..",
                        "dev.tenantry.stripe..",
                        LOCAL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..")
                .because("what DynamoDB is like is known in one package")
                .check(CLASSES);
    }

    @Test
    void keepsSesInItsAdapter() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.tenantry..")
                .and()
                .resideOutsideOfPackages("dev.tenantry.mail..", "dev.tenantry.wiring..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon.awssdk.services.sesv2..")
                .because("most functions ship without SES, so nothing that they load may need it")
                .check(CLASSES);
    }

    @Test
    void keepsEventBridgeInItsAdapter() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.tenantry..")
                .and()
                .resideOutsideOfPackages("dev.tenantry.bus..", "dev.tenantry.wiring..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon.awssdk.services.eventbridge..")
                .because("what an event tells everybody is decided in one place, and most functions ship without it")
                .check(CLASSES);
    }

    @Test
    void keepsStripeInItsAdapter() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.tenantry..")
                .and()
                .resideOutsideOfPackages("dev.tenantry.stripe..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.stripe..", "com.google.gson..")
                .because(
                        "most functions ship without Stripe's SDK, and a stand-in that used it would only agree with itself")
                .check(CLASSES);
    }

    @Test
    void keepsDnsInItsAdapter() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.tenantry..")
                .and()
                .resideOutsideOfPackages("dev.tenantry.dns..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.naming..")
                .because("a name from outside may only ever become a question for a TXT record")
                .check(CLASSES);
    }

    @Test
    void keepsSecretsInTheAdapterThatNeedsThem() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.tenantry..")
                .and()
                .resideOutsideOfPackages("dev.tenantry.stripe..", "dev.tenantry.wiring..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon.awssdk.services.secretsmanager..")
                .because("who can't ask for a secret can't spill it")
                .check(CLASSES);
    }

    @Test
    void takesStripesWordOnlyWhereItIsSigned() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(StripeSignature.class)
                .should()
                .callConstructorWhere(constructs("StripeEvent", StripeEvent.class))
                .because("an event opens a tenant's door, and its signature is the only evidence")
                .check(CLASSES);
    }

    @Test
    void keepsLocalModeOutOfTheService() {
        noClasses()
                .that()
                .resideOutsideOfPackage(LOCAL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(LOCAL)
                .because("nothing that is deployed may need what only runs on a developer's machine")
                .check(CLASSES);
    }

    @Test
    void keepsTheProductOutOfWhatImitatesAws() {
        noClasses()
                .that()
                .resideInAPackage(AWS)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.tenantry..").and(DescribedPredicate.not(resideInAPackage(AWS))))
                .because(
                        "AWS does not know what a tenant is, and what imitates it can be trusted without knowing either")
                .check(CLASSES);
    }

    @Test
    void keepsFunctionsApart() {
        slices().matching("dev.tenantry.functions.(*)..")
                .should()
                .notDependOnEachOther()
                .because("each function is shipped without the others")
                .check(CLASSES);
    }

    @Test
    void buildsPackagesAsFloors() {
        slices().assignedFrom(FLOORS)
                .should()
                .beFreeOfCycles()
                .because("two packages that need each other are one, and what both need is a third one below them")
                .check(CLASSES);
    }

    /// In the order of CONTRIBUTING's picture an import goes down, or to the right.
    @Test
    void buildsFloorsAsContributingDrawsThem() {
        Set<String> packages = CLASSES.stream()
                .map(ArchitectureTest::room)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        List<String> drawn = Project.read(Project.root().resolve("CONTRIBUTING.md"))
                .lines()
                .filter(line -> line.startsWith("   "))
                .flatMap(line -> Stream.of(line.strip().split(" +")).takeWhile(packages::contains))
                .toList();

        assertThat(drawn).containsExactlyInAnyOrderElementsOf(packages);
        assertThat(CLASSES.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(dependency -> goesUp(drawn, dependency))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    private static boolean goesUp(List<String> floors, Dependency dependency) {
        int from = room(dependency.getOriginClass()).map(floors::indexOf).orElse(-1);
        int to = room(dependency.getTargetClass()).map(floors::indexOf).orElse(-1);
        boolean isWithinOneFloor = Set.of("storage", "tenancy")
                .containsAll(Set.copyOf(List.of(floors.get(Math.max(from, 0)), floors.get(Math.max(to, 0)))));
        return from >= 0 && to >= 0 && to < from && !isWithinOneFloor;
    }

    /// The package of the shared module that a class is in.
    private static Optional<String> room(JavaClass type) {
        String name = type.getPackageName();
        return name.matches("dev[.]tenantry[.][a-z]+") && !name.equals("dev.tenantry.local")
                ? Optional.of(name.substring("dev.tenantry.".length()))
                : Optional.empty();
    }

    @Test
    void wiresOnTop() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.tenantry.wiring..", LOCAL)
                .and()
                .resideOutsideOfPackages(FUNCTIONS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tenantry.wiring..")
                .because("what is put together does not know by whom, so that a test can put it together otherwise")
                .check(CLASSES);
    }

    @Test
    void spellsKeysInOnePlace() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Keys.class, Key.class)
                .should()
                .callConstructorWhere(constructs("Key or KeyRange", Key.class, KeyRange.class))
                .because("docs/model.md can only be true of keys that are spelt in one place")
                .check(CLASSES);
    }

    @Test
    void issuesScopesAtTheDoorsOnly() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(TenantDoors.class, TenantScope.class)
                .should()
                .callConstructorWhere(constructs("TenantScope", TenantScope.class))
                .because("a scope is the proof that its holder may touch a tenant's data")
                .check(CLASSES);
    }

    @Test
    void opensTheOperatorsDoorsToTheOperatorOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(LOCAL, OPERATORS_FUNCTION, "dev.tenantry.operator..")
                .and()
                .doNotBelongToAnyOf(TenantDoors.class)
                .should()
                .callMethodWhere(calls("TenantDoors.operator", TenantDoors.class, "operator"))
                .because("it asks nobody who they are, so nothing that serves requests may go through it")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.tenantry.operator..", OPERATORS_FUNCTION)
                .and()
                .doNotBelongToAnyOf(TenantDoors.class)
                .should()
                .callMethodWhere(calls("TenantDoors.command", TenantDoors.class, "command"))
                .orShould()
                .callMethodWhere(calls("TenantDoors.commands", TenantDoors.class, "commands"))
                .orShould()
                .callMethodWhere(calls("TenantDoors.deletedUntil", TenantDoors.class, "deletedUntil"))
                .orShould()
                .callMethodWhere(calls("TenantDoors.founding", TenantDoors.class, "founding"))
                .because("they let into tenants that are suspended, deleted, or nobody's")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.tenantry.operator..", OPERATORS_FUNCTION)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tenantry.operator..")
                .because("what an operator may do, nothing else may")
                .check(CLASSES);
    }

    @Test
    void opensTheDoorsOfUsageToUsageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tenantry.usage..")
                .and()
                .doNotBelongToAnyOf(TenantDoors.class)
                .should()
                .callMethodWhere(calls("TenantDoors.usage", TenantDoors.class, "usage"))
                .orShould()
                .callMethodWhere(calls("TenantDoors.schedule", TenantDoors.class, "schedule"))
                .because(
                        "what they rest on is a queue and a schedule, so nothing that serves people may go through them")
                .check(CLASSES);
        noClasses()
                .that()
                .doNotBelongToAnyOf(RepairCounters.class)
                .should()
                .callMethodWhere(calls("TenantDoors.repair", TenantDoors.class, "repair"))
                .because("it asks nobody who they are, and only repairs what is wrong")
                .check(CLASSES);
    }

    @Test
    void importsUsageWithLocalToolsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(LOCAL)
                .and()
                .doNotBelongToAnyOf(ImportUsage.class)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ImportUsage.class)
                .because("what it takes in may be counted twice")
                .check(CLASSES);
    }

    @Test
    void opensTheFoundersDoorToFoundersOnly() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.tenantry.tenants.FoundTenant")
                .should()
                .callMethodWhere(calls("TenantDoors.founder", TenantDoors.class, "founder"))
                .because("its scope rests on nothing but the rows being new")
                .check(CLASSES);
    }

    @Test
    void opensTheBrokersDoorToChargersOnly() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.tenantry.chargers.Admission")
                .and()
                .doNotHaveFullyQualifiedName("dev.tenantry.chargers.NoteRejections")
                .should()
                .callMethodWhere(calls("TenantDoors.broker", TenantDoors.class, "broker"))
                .because("it rests on who may invoke the function behind it, and its scope guards nothing")
                .check(CLASSES);
    }

    @Test
    void readsTheEnvironmentInOnePlace() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Settings.class, Main.class, FleetMain.class, OperateMain.class)
                .should()
                .callMethodWhere(calls("System.getenv", System.class, "getenv"))
                .because("local mode hands over the environment that template.yaml describes, not its own")
                .check(CLASSES);
    }

    @Test
    void asksAnInjectedClockForTheTime() {
        noClasses()
                .that()
                .resideOutsideOfPackage(LOCAL)
                .and()
                .doNotBelongToAnyOf(CoreModule.class, LambdaFunction.class)
                .should()
                .callMethodWhere(describe("read the system's clock", ArchitectureTest::readsTheSystemsClock))
                .because("a rule about time can only be tested with a clock that stands still")
                .check(CLASSES);
    }

    @Test
    void waitsInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage(LOCAL)
                .and()
                .doNotBelongToAnyOf(Backoff.class)
                .and()
                .doNotHaveFullyQualifiedName("dev.tenantry.stripe.StripeCalls")
                .should()
                .callMethodWhere(calls("Thread.sleep", Thread.class, "sleep"))
                .because("what meets another change is decided again in one place, with one backoff; Stripe's adapter"
                        + " waits for Stripe")
                .check(CLASSES);
    }

    @Test
    void namesClassesByWhatTheyAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helpers?|Managers?|Impl)")
                .because("such a name fits everything, so everything ends up there")
                .check(CLASSES);
    }

    @Test
    void marksEveryPackageAgainstNull() {
        Set<String> packages = CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        assertThat(packages)
                .allSatisfy(name -> assertThat(CLASSES.getPackage(name).tryGetAnnotationOfType(NullMarked.class))
                        .as(name)
                        .isPresent());
    }

    @Test
    void printsInTheFunctionsLogOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(LOCAL)
                .and()
                .doNotBelongToAnyOf(LambdaFunction.class)
                .should()
                .accessTargetWhere(describe(
                        "use System.out or System.err",
                        (JavaAccess<?> access) -> access.getTargetOwner().isEquivalentTo(System.class)
                                && Set.of("out", "err").contains(access.getName())))
                .because("a log line is one JSON object, and what it may hold is decided where it is written")
                .check(CLASSES);
    }

    @Test
    void keepsRecordsAsTheyWereMade() {
        classes()
                .that()
                .areRecords()
                .should()
                .haveOnlyFinalFields()
                .because("a value that changes is somebody else's by the time it is used")
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaConstructorCall> constructs(String what, Class<?>... types) {
        return describe("construct " + what, call -> {
            for (Class<?> type : types) {
                if (call.getTargetOwner().isEquivalentTo(type)) {
                    return true;
                }
            }
            return false;
        });
    }

    private static DescribedPredicate<JavaMethodCall> calls(String what, Class<?> owner, String method) {
        return describe(
                "call " + what,
                call -> call.getTargetOwner().isEquivalentTo(owner)
                        && call.getName().equals(method));
    }

    private static boolean readsTheSystemsClock(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        String method = call.getName();
        boolean now = method.equals("now")
                && (owner.isEquivalentTo(Instant.class)
                        || owner.isEquivalentTo(LocalDate.class)
                        || owner.isEquivalentTo(LocalDateTime.class))
                && call.getTarget().getRawParameterTypes().isEmpty();
        return now
                || owner.isEquivalentTo(Clock.class) && method.startsWith("system")
                || owner.isEquivalentTo(System.class) && method.equals("currentTimeMillis");
    }
}
