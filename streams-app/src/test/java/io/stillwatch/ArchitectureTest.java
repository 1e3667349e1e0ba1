package io.stillwatch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.stillwatch.topology.EvaluationListener;
import io.stillwatch.topology.PipelineException;
import io.stillwatch.topology.PipelineOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;

/** The rules that keep the core pure and the data flowing one way. */
@AnalyzeClasses(packages = "io.stillwatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PURE = {
        "io.stillwatch.text..",
        "io.stillwatch.yaml..",
        "io.stillwatch.host..",
        "io.stillwatch.fingerprint..",
        "io.stillwatch.profile..",
        "io.stillwatch.signature..",
        "io.stillwatch.campaign..",
        "io.stillwatch.alert..",
        "io.stillwatch.decision..",
        "io.stillwatch.baseline..",
        "io.stillwatch.simulate..",
        "io.stillwatch.account..",
        "io.stillwatch.evaluate.."
    };

    @ArchTest
    static final ArchRule PURE_PACKAGES_KNOW_NOTHING_OF_KAFKA = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule PURE_PACKAGES_READ_NO_CLOCK_AND_NO_SEEDLESS_RANDOM = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule WHAT_DECIDES_IN_THE_TOPOLOGY_READS_NO_CLOCK = noClasses()
            .that()
            .resideInAnyPackage("io.stillwatch.topology..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule ONLY_THE_TOPOLOGY_KNOWS_STREAMS = noClasses()
            .that()
            .resideOutsideOfPackage("io.stillwatch.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("io.stillwatch.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule FINGERPRINTS_COME_BEFORE_PROFILES = noClasses()
            .that()
            .resideInAPackage("io.stillwatch.fingerprint..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.stillwatch.profile..",
                    "io.stillwatch.signature..",
                    "io.stillwatch.campaign..",
                    "io.stillwatch.alert..");

    @ArchTest
    static final ArchRule PROFILES_COME_BEFORE_SIGNATURES = noClasses()
            .that()
            .resideInAPackage("io.stillwatch.profile..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.stillwatch.signature..", "io.stillwatch.campaign..", "io.stillwatch.alert..");

    @ArchTest
    static final ArchRule SIGNATURES_COME_BEFORE_ALERTS = noClasses()
            .that()
            .resideInAPackage("io.stillwatch.signature..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.stillwatch.alert..", "io.stillwatch.topology..");

    @ArchTest
    static final ArchRule COMMANDS_FORM_NO_CYCLE =
            slices().matching("io.stillwatch.cli.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_TERMINAL_KNOWS_NO_COMMAND = noClasses()
            .that()
            .resideInAPackage("io.stillwatch.cli.terminal..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.stillwatch.cli..")
                    .and(resideOutsideOfPackage("io.stillwatch.cli.terminal..")));

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_PICOCLI = noClasses()
            .that()
            .resideOutsideOfPackages("io.stillwatch.cli..", "io.stillwatch.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..");

    @ArchTest
    static final ArchRule PARTS_OF_A_PROFILE_FORM_NO_CYCLE =
            slices().matching("io.stillwatch.profile.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule A_PROFILE_DOES_NOT_KNOW_ITS_FEATURES = noClasses()
            .that()
            .resideInAnyPackage("io.stillwatch.profile", "io.stillwatch.profile.sketch", "io.stillwatch.profile.codec")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.stillwatch.profile.feature");

    @ArchTest
    static final ArchRule SKETCHES_COME_BEFORE_PROFILES = noClasses()
            .that()
            .resideInAnyPackage("io.stillwatch.profile.sketch", "io.stillwatch.profile.codec")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.stillwatch.profile");

    @ArchTest
    static final ArchRule TEXT_KNOWS_NOTHING_ELSE = noClasses()
            .that()
            .resideInAPackage("io.stillwatch.text..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.stillwatch..").and(resideOutsideOfPackage("io.stillwatch.text..")));

    @ArchTest
    static final ArchRule WHAT_RUNS_IN_PRODUCTION_MAKES_NO_TRAFFIC = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.stillwatch.simulate..",
                    "io.stillwatch.evaluate..",
                    "io.stillwatch.replay.report..",
                    "io.stillwatch.cli.baseline..",
                    "io.stillwatch.cli.evaluate..",
                    "io.stillwatch.cli.run..",
                    "io.stillwatch.cli.signatures..",
                    "io.stillwatch.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.stillwatch.simulate..");

    @ArchTest
    static final ArchRule YAML_KNOWS_NOTHING_ELSE = noClasses()
            .that()
            .resideInAPackage("io.stillwatch.yaml..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.stillwatch..").and(resideOutsideOfPackage("io.stillwatch.yaml..")));

    @ArchTest
    static final ArchRule YAML_IS_READ_IN_ONE_WAY = noClasses()
            .that()
            .resideOutsideOfPackage("io.stillwatch.yaml..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson.dataformat.yaml..", "org.yaml..");

    @ArchTest
    static final ArchRule PARTS_OF_THE_TOPOLOGY_FORM_NO_CYCLE =
            slices().matching("io.stillwatch.topology.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PARTS_OF_THE_TOPOLOGY_DO_NOT_KNOW_THE_WHOLE = noClasses()
            .that(resideInAPackage("io.stillwatch.topology.*..")
                    .and(resideOutsideOfPackage("io.stillwatch.topology.reset..")))
            .should()
            .dependOnClassesThat(resideInAPackage("io.stillwatch.topology")
                    .and(not(belongToAnyOf(PipelineOptions.class, PipelineException.class, EvaluationListener.class))));

    @ArchTest
    static final ArchRule WHAT_IS_SET_KNOWS_NO_PART_OF_THE_TOPOLOGY = noClasses()
            .that(belongToAnyOf(PipelineOptions.class, PipelineException.class, EvaluationListener.class))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.stillwatch.topology.*..");

    @ArchTest
    static final ArchRule RECORDS_KNOW_NO_OTHER_PART_OF_THE_TOPOLOGY = onlyKnow("record");

    @ArchTest
    static final ArchRule TOPICS_KNOW_NO_OTHER_PART_OF_THE_TOPOLOGY = onlyKnow("topics");

    @ArchTest
    static final ArchRule STATE_KNOWS_TOPICS = onlyKnow("state", "topics");

    @ArchTest
    static final ArchRule CONTROL_KNOWS_TOPICS_AND_RECORDS = onlyKnow("control", "topics", "record");

    @ArchTest
    static final ArchRule ALERTING_KNOWS_RECORDS = onlyKnow("alerting", "record");

    @ArchTest
    static final ArchRule ACCOUNTS_KNOW_NEITHER_CAMPAIGNS_NOR_DECISIONS =
            onlyKnow("account", "topics", "record", "state", "control", "alerting");

    @ArchTest
    static final ArchRule CAMPAIGNS_KNOW_NEITHER_ACCOUNTS_NOR_DECISIONS =
            onlyKnow("campaign", "topics", "record", "state", "control", "alerting");

    @ArchTest
    static final ArchRule DECISIONS_KNOW_NEITHER_ACCOUNTS_NOR_CAMPAIGNS =
            onlyKnow("decision", "topics", "record", "state", "control");

    private static ArchRule onlyKnow(String part, String... others) {
        String[] known = Stream.concat(Stream.of(part), Stream.of(others))
                .map(name -> "io.stillwatch.topology." + name + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("io.stillwatch.topology." + part + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.stillwatch.topology.*..").and(not(resideInAnyPackage(known))));
    }
}
