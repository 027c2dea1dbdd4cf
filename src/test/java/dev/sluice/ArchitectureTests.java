package dev.sluice;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rooms: one package per capability, and who may use whom. */
class ArchitectureTests {

    private static final String ROOT = "dev.sluice";

    /** What every room may use, and what itself uses no other room. */
    private static final Set<String> GROUND = Set.of("value", "setting", "invocation");

    private static final Map<String, Set<String>> ARROWS = new TreeMap<>(Map.ofEntries(
            entry("format", Set.of()),
            entry("lane", Set.of()),
            entry("access", Set.of()),
            entry("aws", Set.of()),
            entry("feed", Set.of("format")),
            entry("row", Set.of("lane", "aws")),
            entry("store", Set.of("aws")),
            entry("work", Set.of("aws")),
            entry("object", Set.of("feed", "format", "row", "store", "work", "lane", "aws")),
            entry("letter", Set.of("store", "work")),
            entry("change", Set.of("lane", "store", "letter", "aws")),
            entry("live", Set.of("change", "aws")),
            entry("web", Set.of("access", "object", "live", "letter", "row", "feed", "format", "aws")),
            entry("extension", Set.of("row", "change")),
            entry("trigger", Set.of("object", "change", "letter", "live", "web"))));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void noRoomUsesARoomThatItMayNot() {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass one : CLASSES) {
            String from = room(one);
            if (!from.isEmpty()) {
                Set<String> targets = used.computeIfAbsent(from, _ -> new TreeSet<>());
                one.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(target -> target.getPackageName().startsWith(ROOT))
                        .map(ArchitectureTests::room)
                        .filter(to -> !to.equals(from))
                        .forEach(targets::add);
            }
        }
        GROUND.forEach(ground -> assertThat(used.remove(ground)).as(ground).isEmpty());
        used.values().forEach(targets -> targets.removeAll(GROUND));
        assertThat(used.keySet()).isEqualTo(ARROWS.keySet());
        // Not the other way round: of a switch over types ArchUnit does not see the types.
        used.forEach((from, targets) -> assertThat(ARROWS.get(from)).as(from).containsAll(targets));
    }

    private static String room(JavaClass one) {
        String name = one.getPackageName().substring(ROOT.length());
        return name.isEmpty() ? "" : name.substring(1).replaceFirst("\\..*", "");
    }

    @Test
    void formatsAndLanesArePure() {
        noClasses()
                .that(resideIn("format", "lane", "value"))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.springframework..", "software.amazon..", ROOT + ".setting"))
                .check(CLASSES);
    }

    @Test
    void noRoomsGoRoundInCircles() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void theSdkIsKnownWhereAwsIsTalkedTo() {
        onlyIn(resideInAPackage("software.amazon.."), "aws", "row", "store", "work", "object", "change", "live", "web");
    }

    @Test
    void lambdaIsKnownByTheDoorOnly() {
        onlyIn(resideInAPackage("com.amazonaws.."), "trigger");
    }

    @Test
    void theWebServerIsKnownByTheWebRoomOnly() {
        onlyIn(
                resideInAnyPackage(
                        "jakarta.servlet..", "org.springframework.web..", "org.springframework.boot.web.server.."),
                "web");
    }

    private static void onlyIn(DescribedPredicate<JavaClass> types, String... rooms) {
        noClasses()
                .that(DescribedPredicate.not(resideIn(rooms)))
                .should()
                .dependOnClassesThat(types)
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> resideIn(String... rooms) {
        String[] packages = new String[rooms.length];
        for (int i = 0; i < rooms.length; i++) {
            packages[i] = ROOT + "." + rooms[i] + "..";
        }
        return resideInAnyPackage(packages);
    }

    @Test
    void everyPackageSaysThatNothingIsNullUnlessItSaysSo() throws ClassNotFoundException {
        var packages = new TreeSet<String>();
        CLASSES.forEach(one -> packages.add(one.getPackageName()));
        assertThat(packages).hasSize(ARROWS.size() + GROUND.size() + 1);
        for (String name : packages) {
            assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
                    .as(name)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Util", "Utils", "Helper", "Impl", "Manager"})
    void noNameSaysNothing(String ending) {
        noClasses().should().haveSimpleNameEndingWith(ending).check(CLASSES);
    }

    @Test
    void textGoesToTheLogAndSettingsComeFromSpring() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
        noClasses().should().callMethod(System.class, "getenv").check(CLASSES);
        noClasses().should().callMethod(System.class, "getenv", String.class).check(CLASSES);
        noClasses()
                .should()
                .callMethod(System.class, "getProperty", String.class)
                .check(CLASSES);
    }
}
