package dev.sluice.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever can be chosen makes a template that AWS's schemas allow, and what does not fit together is refused. */
@ExtendWith(Node.Required.class)
class TemplatesIT {

    private static final String CHECK = "src/test/deploy/check.mjs";
    private static final String OUT = "target/serverless/refused";
    private static final String CHOOSE = "src/test/deploy/choose.cjs";

    /** What cannot be made again: data, that it speaks TLS only, and who belongs to which group. */
    private static final List<String> KEPT = List.of(
            "FilesBucket",
            "FilesBucketPolicy",
            "StoreBucket",
            "StoreBucketPolicy",
            "RowsTable",
            "LedgerTable",
            "ConnectionsTable",
            "UserPool",
            "UserPoolClient",
            "Viewers",
            "Uploaders",
            "Operators");

    static List<Packaged> configurations() {
        return Packaged.all();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void isPackagedWithoutAWarning(Packaged packaged) {
        assertThat(packaged.output()).doesNotContainIgnoringCase("warning", "deprecat");
    }

    @Test
    void packagingWouldFailIfItAskedTheNetwork() {
        Node.Outcome outcome =
                Node.offline(Path.of(""), List.of("node", "-e", "fetch('https://127.0.0.1').catch(() => {})"));

        assertThat(outcome.output()).contains("This asks the network.");
        assertThat(outcome.exit()).isOne();
    }

    @Test
    void isWhatTheSchemasAllowAndRefersToWhatIsThereWithoutCircles() {
        Stream<String> files = Packaged.all().stream()
                .map(packaged -> packaged.template().file().toString());

        Node.Outcome check = Node.run(Stream.concat(Stream.of(CHECK), files).toArray(String[]::new));

        assertThat(check.output()).isEmpty();
        assertThat(check.exit()).isZero();
    }

    @Test
    void theCheckSeesWhatIsWrong() {
        Node.Outcome check = Node.run(CHECK, "src/test/deploy/broken.json");

        assertThat(check.output().lines().map(line -> line.replaceFirst("^[^ ]* ", "")))
                .containsExactlyInAnyOrder(
                        "Pigeon: no resource type AWS::Post::Pigeon",
                        "Queue.VisibilityTimeout: \"long\" must be integer",
                        "Queue.Colour: no such property",
                        "Mapping.FunctionName: missing",
                        "Mapping.BatchSize: 0 must be >= 1",
                        "Mapping.MaximumRecordAgeInSeconds: 604801 must be <= 604800",
                        "Mapping.BisectBatchOnFunctionError: \"yes\" must be one of true, false, true, false",
                        "Mapping.StartingPosition: \"THE_END\" must match pattern \"(LATEST|TRIM_HORIZON|AT_TIMESTAMP)+\"",
                        "Mapping.FunctionResponseTypes.1: \"ReportNothing\" must be one of ReportBatchItemFailures",
                        "Mapping.ScalingConfig.MaximumConcurency: no such property",
                        "Mapping.FilterCriteria.Filters: [] must NOT have fewer than 1 items",
                        "Mapping.DocumentDBEventSourceConfig.CollectionName: \"one-whose-name-is-longer-than-the-"
                                + "fifty-seven-that-are-allowed\" must NOT have more than 57 characters",
                        "Function.Role: missing",
                        "Function.Code.S3Bucket: \"in\" must NOT have fewer than 3 characters",
                        "Function.Architectures: [\"arm64\",\"x86_64\"] must NOT have more than 1 items",
                        "Function.TracingConfig.Mode: \"On\" must be one of Active, PassThrough",
                        "Function.VpcConfig: \"none\" must be object",
                        "Log.LogGroupName: \"what is it called\" must match pattern \"^[.\\-_/#A-Za-z0-9]{1,512}$\"",
                        "Log.RetentionInDays: 31 must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545,"
                                + " 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
                        "Queue: refers to Nest, which is not there",
                        "Mapping: refers to Queue.Address, which AWS::SQS::Queue does not have",
                        "One: a circle: One -> Two -> One");
    }

    @Test
    void theConfigurationsTakeEveryValueOfEveryParam() {
        JsonNode values =
                JsonMapper.shared().readTree(Node.run(CHOOSE, "values").output());

        assertThat(values.properties()).hasSizeGreaterThan(8).allSatisfy(param -> {
            var taken = Packaged.all().stream()
                    .map(packaged -> packaged.choices().path(param.getKey()))
                    .map(value -> value.isBoolean() ? (value.asBoolean() ? "on" : "off") : value.asString())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (param.getValue().isArray()) {
                var all = new TreeSet<String>();
                param.getValue().forEach(value -> all.add(value.asString()));
                assertThat(taken).as(param.getKey()).isEqualTo(all);
            } else {
                assertThat(taken).as(param.getKey()).hasSizeGreaterThan(1);
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            topology=both                  | The param topology is 'both': use split or single.
            ingest=eventbridge             | The param ingest is 'eventbridge': use direct or queue.
            arch=arm                       | The param arch is 'arm': use arm64 or x86_64.
            readers=1                      | The param readers is '1': use a number from 2 to 1000.
            reserved=100                   | The param reserved is '100': use pairs like reader:100,web:20, each function once, or none.
            reserved=reader:0              | The param reserved is 'reader:0': use pairs like reader:100,web:20, each function once, or none.
            reserved=reader:100,reader:5   | The param reserved is 'reader:100,reader:5': use pairs like reader:100,web:20, each function once, or none.
            reserved=sluice:100            | The param reserved names a function that is not there: use reader, forwarder, processor, web, live or keeper, and sluice with topology=single.
            reserved=web:100 topology=single | The param reserved names a function that is not there: use reader, forwarder, processor, web, live or keeper, and sluice with topology=single.
            reserved=web:3 provisioned=4   | The param reserved leaves web less than provisioned, which is part of it.
            forwarded=Countries            | The param forwarded is 'Countries': use the names of feeds, each once, separated by commas, or none; some hundred fit in.
            forwarded=places,places        | The param forwarded is 'places,places': use the names of feeds, each once, separated by commas, or none; some hundred fit in.
            forwarded=places,orders        | The param forwarded names orders, which is no feed of application.yml: it has countries, subdivisions, places.
            origins=http://app.example.com | The param origins is 'http://app.example.com': use origins like https://app.example.com, each once, separated by commas.
            origins=5                      | The param origins is '5': use origins like https://app.example.com, each once, separated by commas.
            origins=https://a.org,https://a.org | The param origins is 'https://a.org,https://a.org': use origins like https://app.example.com, each once, separated by commas.
            origins=https://a.org:65536    | The param origins is 'https://a.org:65536': use origins like https://app.example.com, each once, separated by commas.
            origins=https://.              | The param origins is 'https://.': use origins like https://app.example.com, each once, separated by commas.
            origins=https://-              | The param origins is 'https://-': use origins like https://app.example.com, each once, separated by commas.
            origins=https://a..org         | The param origins is 'https://a..org': use origins like https://app.example.com, each once, separated by commas.
            origins=https://-a.org         | The param origins is 'https://-a.org': use origins like https://app.example.com, each once, separated by commas.
            origins=https://a-.org         | The param origins is 'https://a-.org': use origins like https://app.example.com, each once, separated by commas.
            alarmEmail=me                  | The param alarmEmail is 'me': use one address, or none.
            alarmEmail=a,b@c.org           | The param alarmEmail is 'a,b@c.org': use one address, or none.
            image=on                       | The param image=on needs imageUri: push the image and give its address by digest.
            image=on imageUri=sluice:1     | The param imageUri is 'sluice:1': use the address of an image in Amazon ECR by its digest, …@sha256:….
            snapStart=on provisioned=2     | The param snapStart=on does not go with provisioned: Lambda takes one of them.
            snapStart=on topology=single   | The param snapStart=on needs topology=split: it is for web and live.
            provisioned=2 topology=single  | The param provisioned needs topology=split: it is for web.
            reserved=reader:49             | The param reserved gives reader less than 50, which its triggers take at once: a message that meets a function without a free call counts as one that failed.
            reserved=keeper:12             | The param reserved gives keeper less than 13, which its triggers take at once: a message that meets a function without a free call counts as one that failed.
            reserved=sluice:62 topology=single | The param reserved gives sluice less than 63, which its triggers take at once: a message that meets a function without a free call counts as one that failed.
            reserved=reader:99 ingest=queue | The param reserved gives reader less than 100, which its triggers take at once: a message that meets a function without a free call counts as one that failed.
            stage=Dev                      | The stage is 'Dev': use at most 20 lower-case letters, digits and hyphens between them, without aws, amazon or cognito.
            stage=my-aws                   | The stage is 'my-aws': use at most 20 lower-case letters, digits and hyphens between them, without aws, amazon or cognito.
            stage=dev-                     | The stage is 'dev-': use at most 20 lower-case letters, digits and hyphens between them, without aws, amazon or cognito.
            stage=a12345678901234567890    | The stage is 'a12345678901234567890': use at most 20 lower-case letters, digits and hyphens between them, without aws, amazon or cognito.
            readrs=3                       | There is no param readrs: use topology, ingest, arch, image, imageUri, vpc, snapStart, provisioned, reserved, readers, parallel, forwarded, logDays, protection, onRemoval, origins, alarmEmail, artifact.
            image=yes                      | The param image is 'yes': use off or on.
            vpc=yes                        | The param vpc is 'yes': use off or on.
            snapStart=yes                  | The param snapStart is 'yes': use off or on.
            protection=yes                 | The param protection is 'yes': use off or on.
            onRemoval=retain               | The param onRemoval is 'retain': use delete or keep.
            provisioned=1001               | The param provisioned is '1001': use a number from 0 to 1000.
            parallel=11                    | The param parallel is '11': use a number from 1 to 10.
            logDays=31                     | The param logDays is '31': CloudWatch knows 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653.
            artifact=                      | The param artifact is '': use the path of the zip that mvn package makes.
            imageUri=@URI                  | The param imageUri is set, but image is off: use image=on with it.
            image=on imageUri=@URI region=eu-central-1 | The param imageUri names an image in us-east-1, but the stack is in eu-central-1, and Lambda takes images of its own region only: push it there too.
            image=on imageUri=@URI snapStart=on | The param snapStart=on does not go with image=on: Lambda makes snapshots of zips only.
            vpc=on topology=single         | The param vpc=on needs topology=split: who has signed in, and the connections of the live tail, cannot be asked for from inside.
            """)
    void whatDoesNotFitIsRefusedWithASentence(String params, String sentence) {
        assertThat(choose(params).output().strip()).isEqualTo(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"origins=https://a--b.example.com:8443,https://localhost", "image=on imageUri=@URI"})
    void whatFitsIsNotRefused(String params) {
        assertThat(choose(params).output()).isEmpty();
    }

    private static Node.Outcome choose(String params) {
        return Node.run(Stream.concat(
                        Stream.of(CHOOSE),
                        Stream.of(params.replace("@URI", Packaged.IMAGE).split(" ")))
                .toArray(String[]::new));
    }

    @Test
    void theFrameworkShowsTheSentenceAndPackagesNothing() {
        Node.Outcome outcome = Node.serverless(Path.of(""), List.of("package", "--package", OUT, "--param", "vpc=yes"));

        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.output())
                .contains("The param vpc is 'yes': use off or on.")
                .doesNotContain("    at ");
        assertThat(Path.of(OUT)).doesNotExist();
    }

    @Test
    void snapshotsAndWarmInstancesAreWhatTheTriggersCall() {
        Template snapshots = Packaged.of("snapshots").template();
        for (String function : List.of("Web", "Live")) {
            assertThat(snapshots
                            .function(function)
                            .path("SnapStart")
                            .path("ApplyOn")
                            .asString())
                    .isEqualTo("PublishedVersions");
            assertThat(callers(snapshots, function)).isNotEmpty().allMatch(caller -> caller.contains("snapstart"));
        }
        assertThat(callers(snapshots, "Reader")).isNotEmpty().noneMatch(caller -> caller.contains("snapstart"));
        assertThat(callers(Packaged.of("image").template(), "Web"))
                .isNotEmpty()
                .allMatch(caller -> caller.contains("provisioned"));
    }

    /** What names a function to call: mappings and integrations. */
    private static List<String> callers(Template template, String function) {
        return Stream.of(
                        template.ofType("AWS::Lambda::EventSourceMapping").values().stream()
                                .map(mapping -> mapping.path("FunctionName")),
                        template.ofType("AWS::ApiGatewayV2::Integration").values().stream()
                                .map(integration -> integration.path("IntegrationUri")))
                .flatMap(uris -> uris)
                .map(JsonNode::toString)
                .filter(uri -> uri.contains(function + "LambdaFunction"))
                .toList();
    }

    /** All of them: a ticket lets in, and the function looks at it. */
    @Test
    void theWebSocketApiHasOneFunctionForItsEvents() {
        for (String name : List.of("split", "single")) {
            Template template = Packaged.of(name).template();
            assertThat(template.ofType("AWS::ApiGatewayV2::Route").values())
                    .filteredOn(route -> template.text(route.path("ApiId")).equals("WebsocketsApi"))
                    .extracting(route -> route.path("RouteKey").asString())
                    .containsExactlyInAnyOrder("$connect", "$disconnect", "$default");
            // Or else the answer to a message would reach nobody.
            assertThat(template.ofType("AWS::ApiGatewayV2::RouteResponse")).hasSize(1);
        }
    }

    /** Without one, whoever has an account of AWS lets their own API, bucket or rule call the function. */
    @ParameterizedTest
    @MethodSource("configurations")
    void whatMayCallAFunctionIsOfThisStack(Packaged packaged) {
        Template template = packaged.template();
        assertThat(template.ofType("AWS::Lambda::Permission"))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy((_, permission) ->
                        assertThat(template.text(permission.path("SourceArn"))).isNotEmpty());
        assertThat(template.ofType("AWS::Lambda::Permission").values())
                .filteredOn(
                        permission -> permission.path("Principal").asString().equals("apigateway.amazonaws.com"))
                .extracting(permission -> template.text(permission.path("SourceArn")))
                .allMatch(source -> source.startsWith(Template.arn("execute-api", "")))
                .anyMatch(source -> source.endsWith(":WebsocketsApi/*"));
    }

    @Test
    void insideOfTheNetworkAreAllButWebAndLive() {
        var functions = Packaged.of("vpc").template().functions();

        assertThat(functions).allSatisfy((name, function) -> assertThat(function.has("VpcConfig"))
                .as(name)
                .isEqualTo(!List.of("Web", "Live").contains(name)));
        assertThat(Packaged.of("vpc").template().properties("FunctionGroup").has("SecurityGroupIngress"))
                .isFalse();
        assertThat(Packaged.of("split").template().functions().values())
                .noneMatch(function -> function.has("VpcConfig"));
    }

    @Test
    void prodKeepsItsDataWhateverIsRemoved() {
        JsonNode resources = Packaged.of("prod").template().json().path("Resources");
        for (String kept : KEPT) {
            assertThat(resources.path(kept).path("DeletionPolicy").asString())
                    .as(kept)
                    .isEqualTo("RetainExceptOnCreate");
            assertThat(resources.path(kept).path("UpdateReplacePolicy").asString())
                    .as(kept)
                    .isEqualTo("Retain");
        }
        for (String table : List.of("RowsTable", "LedgerTable", "ConnectionsTable")) {
            JsonNode properties = resources.path(table).path("Properties");
            assertThat(properties.path("DeletionProtectionEnabled").asBoolean()).isTrue();
            assertThat(properties
                            .path("PointInTimeRecoverySpecification")
                            .path("PointInTimeRecoveryEnabled")
                            .asBoolean())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void bucketsAreClosed(Packaged packaged) {
        Template template = packaged.template();
        for (String bucket : List.of("FilesBucket", "StoreBucket")) {
            JsonNode properties = template.properties(bucket);
            assertThat(properties.path("PublicAccessBlockConfiguration").properties())
                    .hasSize(4)
                    .allMatch(rule -> rule.getValue().asBoolean());
            assertThat(properties.path("VersioningConfiguration").path("Status").asString())
                    .isEqualTo("Enabled");
        }
    }

    @Test
    void concurrencyAndWhatIsReadAtOnceAreAsChosen() {
        Template queue = Packaged.of("queue").template();

        assertThat(queue.function("Reader").path("ReservedConcurrentExecutions").asInt())
                .isEqualTo(100);
        assertThat(queue.function("Web").path("ReservedConcurrentExecutions").asInt())
                .isEqualTo(20);
        assertThat(queue.functions().values())
                .filteredOn(function -> function.has("ReservedConcurrentExecutions"))
                .hasSize(2);
        for (String mapping : List.of("NoticesMapping", "ReaderEventSourceMappingSQSWorkQueue")) {
            assertThat(queue.properties(mapping)
                            .path("ScalingConfig")
                            .path("MaximumConcurrency")
                            .asInt())
                    .isEqualTo(20);
        }
        assertThat(queue.properties("KeeperEventSourceMappingSQSFailedNotices")
                        .at("/ScalingConfig/MaximumConcurrency")
                        .asInt())
                .isEqualTo(10);
        assertThat(queue.properties("KeeperEventSourceMappingSQSLettersQueue")
                        .at("/ScalingConfig/MaximumConcurrency")
                        .asInt())
                .isEqualTo(2);
        for (String mapping : List.of(
                "ForwarderEventSourceMappingDynamodbRowsTable", "ProcessorEventSourceMappingKinesisChangesStream")) {
            assertThat(Packaged.of("vpc")
                            .template()
                            .properties(mapping)
                            .path("ParallelizationFactor")
                            .asInt())
                    .isEqualTo(4);
        }
        assertThat(Packaged.of("image").template().ofType("AWS::Lambda::Alias").values())
                .singleElement()
                .satisfies(alias -> assertThat(alias.path("ProvisionedConcurrencyConfig")
                                .path("ProvisionedConcurrentExecutions")
                                .asInt())
                        .isEqualTo(2));
    }

    /** As the rows' keys are: every partition of a feed, and of no other. */
    @Test
    void onlyChangesOfChosenFeedsAreForwarded() {
        String mapping = "ForwarderEventSourceMappingDynamodbRowsTable";
        JsonNode filters = Packaged.of("queue")
                .template()
                .properties(mapping)
                .path("FilterCriteria")
                .path("Filters");

        assertThat(filters).hasSize(1);
        JsonNode partitions = JsonMapper.shared()
                .readTree(filters.path(0).path("Pattern").asString())
                .at("/dynamodb/Keys/pk/S");
        assertThat(partitions.toString()).isEqualTo("[{\"prefix\":\"countries#\"},{\"prefix\":\"places#\"}]");
        assertThat(Packaged.of("split").template().properties(mapping).has("FilterCriteria"))
                .isFalse();
    }
}
