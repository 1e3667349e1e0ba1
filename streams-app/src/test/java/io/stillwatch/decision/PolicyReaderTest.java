package io.stillwatch.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.schema.DecisionAction;
import io.stillwatch.signature.Severity;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {
    private static final String WHOLE = """
            name: my-policy
            version: 2
            mode: dry-run
            rules:
              - name: worst
                severity: critical
                score: 0.9
                entity: campaign
                confidence: 0.8
                signatures: [bulk, traces]
                action: block
                valid: PT24H
              - name: rest
                action: throttle
                rate: 12.5
                valid: P2D
            ceiling:
              blocks_an_hour: 20
              beyond: {action: throttle, rate: 5}
            delay:
              from: PT5M
              to: PT2H
              key_file: delay.key
            look_ups:
              when_not_ready: closed
              behind: 100000
            """;

    @ParameterizedTest
    @CsvSource({"severity: low", "severity: informational", "entity: campaign"})
    void whatIsLowOrLessNeverBlocks(String instead) {
        assertThatThrownBy(() -> PolicyReader.read(
                        "p.yaml",
                        WHOLE.replace("severity: critical", instead)
                                .replace("    entity: campaign\n    confidence", "    confidence")))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("a low alert says that nobody vouches for an account");
    }

    @Test
    void everyKeyIsRead() {
        Policy policy = PolicyReader.read("p.yaml", WHOLE);

        assertThat(policy.label()).isEqualTo("my-policy v2");
        assertThat(policy.mode()).isEqualTo(Policy.Mode.DRY_RUN);
        assertThat(policy.rules())
                .containsExactly(
                        new PolicyRule(
                                "worst",
                                Severity.CRITICAL,
                                0.9,
                                PolicyRule.Entity.CAMPAIGN,
                                0.8,
                                Set.of("bulk", "traces"),
                                new Measure(DecisionAction.BLOCK, 0),
                                Duration.ofHours(24)),
                        new PolicyRule(
                                "rest",
                                Severity.INFORMATIONAL,
                                0,
                                PolicyRule.Entity.ANY,
                                0,
                                Set.of(),
                                new Measure(DecisionAction.THROTTLE, 12.5),
                                Duration.ofDays(2)));
        assertThat(policy.ceiling()).isEqualTo(new Policy.Ceiling(20, new Measure(DecisionAction.THROTTLE, 5)));
        assertThat(policy.delay())
                .contains(new Policy.Delay(Duration.ofMinutes(5), Duration.ofHours(2), Optional.of("delay.key")));
        assertThat(policy.lookUps()).isEqualTo(new Policy.LookUps(Policy.WhenNotReady.CLOSED, 100_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "mode: dry-run | mode: sometimes | p.yaml:3: `mode` must be one of observe, dry-run, enforce",
                "score: 0.9 | score: 9 | p.yaml:7: `score` must be a number from 0 to 1",
                "rate: 12.5 | rate: 0 | p.yaml:15: `rate` must be a number of requests a minute above 0, at most 1000000",
                "rate: 12.5 | rates: 5 | p.yaml:15: there is no key `rates`; known here are action, confidence, entity, name, rate, score, severity, signatures, valid",
                "valid: P2D | valid: soon | p.yaml:16: `valid` must be an ISO-8601 duration such as PT24H, from PT1M to PT2160H",
                "name: rest | name: worst | p.yaml:13: there is another rule `worst`",
                "blocks_an_hour: 20 | blocks_an_hour: -1 | p.yaml:18: `blocks_an_hour` must be a whole number from 0",
                "action: throttle, rate: 5 | action: block | p.yaml:19: what is done beyond the ceiling must be milder than block",
                "to: PT2H | to: PT1M | p.yaml:22: `to` must not be shorter than `from`",
                "when_not_ready: closed | when_not_ready: ajar | p.yaml:25: `when_not_ready` must be one of open, closed",
                "version: 2 | #version: 2 | p.yaml:1: the key `version` is missing"
            })
    void whatIsWrongIsNamedWithFileLineAndKey(String right, String wrong, String message) {
        assertThatThrownBy(() -> PolicyReader.read("p.yaml", WHOLE.replace(right, wrong)))
                .isInstanceOf(PolicyException.class)
                .hasMessage(message);
    }

    @Test
    void whatIsNoYamlOrNoPolicyIsSaidSo() {
        assertThatThrownBy(() -> PolicyReader.read("p.yaml", "name: x\nrules: [\n"))
                .isInstanceOf(PolicyException.class)
                .hasMessageMatching("p\\.yaml:\\d+: .+");
        assertThatThrownBy(() -> PolicyReader.read("p.yaml", ""))
                .hasMessage("p.yaml:1: a policy is a list of keys, such as `name: my-policy`");
    }

    @Test
    void aPolicyThatBlocksNeedsACeiling() {
        String without = WHOLE.replaceAll("(?s)ceiling:.*delay:", "delay:");

        assertThatThrownBy(() -> PolicyReader.read("p.yaml", without))
                .hasMessageStartingWith("p.yaml:4: a rule blocks, so the key `ceiling` is missing");
    }

    @Property(tries = 500)
    void noTextMakesItFailInAnyOtherWay(@ForAll String text, @ForAll int at) {
        int place = Math.floorMod(at, WHOLE.length());
        for (String yaml : new String[] {text, WHOLE.substring(0, place) + text + WHOLE.substring(place)}) {
            try {
                PolicyReader.read("p.yaml", yaml);
            } catch (PolicyException e) {
                assertThat(e.getMessage()).matches("(?s)p\\.yaml:\\d+: .+");
            }
        }
    }

    @Test
    void thePolicyThatShipsObservesAndHasRulesToBeginWith() {
        assertThat(Policy.bundled().mode()).isEqualTo(Policy.Mode.OBSERVE);
        assertThat(Policy.bundled().rules()).isNotEmpty();
    }
}
