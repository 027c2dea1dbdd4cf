package dev.sluice.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each function may do what it needs and nothing else: what its beans call by the table of recorded calls, and what Lambda does
 * with its role.
 */
@ExtendWith(Node.Required.class)
class RolesIT {

    /** IAM and AWS STS quotas: of all policies of a role together, without white space. */
    private static final int MOST_CHARACTERS = 10_240;

    /** Service Authorization Reference: they take no resource. */
    private static final Set<String> OF_NO_RESOURCE = Set.of(
            "xray:PutTelemetryRecords",
            "xray:PutTraceSegments",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets");

    /** Behind these somebody else makes up the rest of an ARN, or decision 17 tells why. */
    private static final Set<String> BEFORE_AN_ASTERISK = Set.of(
            "-files-111122223333-us-east-1/", // whoever sends a file names it
            "/rejects/", // named like the file
            "/claims/", // named like the change
            "/letters/", // named like what has failed
            "/discarded/", // as letters
            "/aws/lambda/", // Lambda's own batches
            ":log-stream:", // Lambda names them
            "/@connections/", // API Gateway names them
            ":network-interface/", // Lambda makes them
            ":subnet/",
            ":security-group/");

    @SuppressWarnings("NullAway.Init")
    private static ConfigurableApplicationContext app;

    @BeforeAll
    static void start() {
        Template single = Packaged.of("single").template();
        app = Deployed.start(single.environment("Sluice"));
    }

    @AfterAll
    static void stop() {
        if (app != null) {
            app.close();
        }
    }

    static List<Packaged> configurations() {
        return Packaged.all();
    }

    static Stream<Arguments> functions() {
        return Packaged.all().stream().flatMap(packaged -> packaged.template().functions().keySet().stream()
                .map(function -> Arguments.of(packaged, function)));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aRoleAllowsWhatItsFunctionNeedsAndNothingElse(Packaged packaged, String function) {
        Template template = packaged.template();
        Set<Permission> needed = needed(template, function);
        Role role = Role.of(template, template.function(function));

        assertThat(needed).as("needed").isNotEmpty().allMatch(role::allows);
        assertThat(role.allowed()).as("allowed").allMatch(one -> needed.stream().anyMatch(one::covers));
        assertThat(known(template)).as("allowed to others").noneMatch(one -> role.allows(one) && !needed.contains(one));
    }

    private static Set<Permission> needed(Template template, String function) {
        Set<Permission> needed = new TreeSet<>(LambdaNeeds.of(template, function));
        Set<String> beans = new FunctionBeans(app).of(template, function);
        var needs = new CallNeeds(template);
        Call.known().stream()
                .filter(call -> beans.contains(call.bean()))
                .flatMap(needs::of)
                .forEach(needed::add);
        return needed;
    }

    /**
     * Every action that any function needs, on everything of its service that any function needs something of; those that take
     * no resource for themselves.
     */
    private static Set<Permission> known(Template template) {
        Set<Permission> all = template.functions().keySet().stream()
                .flatMap(function -> needed(template, function).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return all.stream()
                .flatMap(one -> all.stream()
                        .filter(other -> other.service().equals(one.service())
                                && OF_NO_RESOURCE.contains(other.action()) == OF_NO_RESOURCE.contains(one.action()))
                        .map(other -> new Permission(one.action(), other.resource())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aRoleNamesItsActionsAndIsNoLongerThanIamTakes(Packaged packaged, String function) {
        Role role = Role.of(packaged.template(), packaged.template().function(function));

        assertThat(role.allowed())
                .noneMatch(one -> one.action().contains("*"))
                .filteredOn(one -> one.resource().equals("*"))
                .allMatch(one -> OF_NO_RESOURCE.contains(one.action()));
        assertThat(role.allowed())
                .map(Permission::resource)
                .filteredOn(resource -> resource.contains("*") && !resource.equals("*"))
                .allMatch(resource -> BEFORE_AN_ASTERISK.stream().anyMatch(before -> endsIn(before, resource)));
        assertThat(role.characters()).isLessThanOrEqualTo(MOST_CHARACTERS);
    }

    private static boolean endsIn(String before, String resource) {
        return resource.endsWith(before + "*") && resource.indexOf('*') == resource.length() - 1;
    }

    /** Nothing allows anything that {@link Role} does not read. */
    @ParameterizedTest
    @MethodSource("configurations")
    void whatAFunctionMayDoStandsInItsRoleOnly(Packaged packaged) {
        Template template = packaged.template();
        Set<String> roles = template.functions().values().stream()
                .map(function -> template.text(function.path("Role")).replaceFirst(".*/", ""))
                .collect(Collectors.toSet());

        assertThat(template.json().path("Resources").properties())
                .filteredOn(
                        resource -> resource.getValue().path("Type").asString().startsWith("AWS::IAM::"))
                .allMatch(
                        resource -> resource.getValue().path("Type").asString().equals("AWS::IAM::Role"))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(roles);
        assertThat(template.ofType("AWS::IAM::Role").values()).allSatisfy(role -> assertThat(role.propertyNames())
                .containsExactlyInAnyOrder("AssumeRolePolicyDocument", "Policies"));
    }

    @Test
    void everyBeanThatCallsAwsIsRunBySomeFunction() {
        for (String configuration : List.of("split", "single")) {
            Template template = Packaged.of(configuration).template();
            Set<String> run = template.functions().keySet().stream()
                    .flatMap(function -> new FunctionBeans(app).of(template, function).stream())
                    .collect(Collectors.toSet());

            assertThat(Call.known().stream().map(Call::bean)).isSubsetOf(run);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"split", "single"})
    void theScheduleCallsABeanThatMayBeCalledByName(String configuration) {
        Template template = Packaged.of(configuration).template();

        assertThat(template.ofType("AWS::Events::Rule").values())
                .singleElement()
                .satisfies(rule -> {
                    JsonNode call = JsonMapper.shared()
                            .readTree(rule.path("Targets").path(0).path("Input").asString());
                    assertThat(call.path("function").asString()).isEqualTo("reconcileObjects");
                    assertThat(call.path("input").toString()).isEqualTo("{}");
                    assertThat(FunctionBeans.INVOCABLE)
                            .contains(call.path("function").asString())
                            .allMatch(app::containsBean);
                    assertThat(rule.path("ScheduleExpression").asString()).isEqualTo("rate(1 hour)");
                    assertThat(rule.path("State").asString()).isEqualTo("ENABLED");
                });
        assertThat(template.functions().keySet())
                .noneMatch(function -> template.environment(function).containsKey("SLUICE_INVOCABLE"));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aFunctionAcceptsWhatCallsIt(Packaged packaged, String function) {
        Template template = packaged.template();
        Set<String> triggers = Source.of(template, function).stream()
                .map(Source::trigger)
                .collect(Collectors.toCollection(TreeSet::new));
        if (function.equals("Keeper")) {
            // Dead letters may hold an event of any of them.
            triggers.addAll(Set.of("s3", "stream", "kinesis"));
        }
        String accepts = template.environment(function).getOrDefault("SLUICE_ACCEPTS", "");

        if (function.equals("Sluice")) {
            assertThat(accepts).isEmpty();
        } else {
            assertThat(accepts.split(",", -1)).containsExactlyInAnyOrderElementsOf(triggers);
        }
    }
}
