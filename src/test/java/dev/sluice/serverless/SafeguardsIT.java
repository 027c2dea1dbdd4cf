package dev.sluice.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What nobody would miss before it is needed: encryption, expiry, protection, and who may sign in. */
@ExtendWith(Node.Required.class)
class SafeguardsIT {

    private static final String APP = "https://app.example.com";

    static List<Packaged> configurations() {
        return Packaged.all();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void logsOfEveryFunctionExpireAsChosen(Packaged packaged) {
        Template template = packaged.template();
        Set<String> groups = template.functions().values().stream()
                .map(function -> "/aws/lambda/" + template.text(function.path("FunctionName")))
                .collect(Collectors.toSet());

        assertThat(template.ofType("AWS::Logs::LogGroup").values())
                .allMatch(group -> group.path("RetentionInDays").asInt()
                        == packaged.choices().path("logDays").asInt())
                .extracting(group -> template.text(group.path("LogGroupName")))
                .containsExactlyInAnyOrderElementsOf(groups);
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void whatIsKeptIsEncrypted(Packaged packaged) {
        Template template = packaged.template();

        // One is the framework's, for the code.
        assertThat(template.ofType("AWS::S3::Bucket").values()).hasSize(3).allMatch(bucket -> bucket.at(
                        "/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/SSEAlgorithm")
                .asString("")
                .equals("AES256"));
        assertThat(template.ofType("AWS::SQS::Queue").values())
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(queue -> queue.path("SqsManagedSseEnabled").asBoolean(false));
        assertThat(template.properties("ChangesStream")
                        .at("/StreamEncryption/EncryptionType")
                        .asString(""))
                .isEqualTo("KMS");
    }

    /** The one policy of each bucket: nothing of it is to be had without TLS, by anyone. */
    @ParameterizedTest
    @MethodSource("configurations")
    void bucketsSpeakTlsOnly(Packaged packaged) {
        Template template = packaged.template();

        assertThat(template.ofType("AWS::S3::BucketPolicy")).containsKeys("FilesBucketPolicy", "StoreBucketPolicy");
        for (String bucket : List.of("FilesBucket", "StoreBucket")) {
            String arn = template.attribute(bucket, "Arn");
            JsonNode policy = template.properties(bucket + "Policy");
            assertThat(template.text(policy.path("Bucket")))
                    .isEqualTo(template.text(template.properties(bucket).path("BucketName")));
            assertThat(template.resolved(policy.path("PolicyDocument"))).isEqualTo(json("""
                    {"Version":"2012-10-17","Statement":[{"Sid":"OnlyTls","Effect":"Deny","Principal":"*","Action":"s3:*",\
                    "Resource":["%s","%s/*"],"Condition":{"Bool":{"aws:SecureTransport":false}}}]}""".formatted(arn, arn)));
        }
    }

    /** A bucket of that name in another account is refused, too. */
    @ParameterizedTest
    @MethodSource("configurations")
    void queuesTakeNoticesOfTheirBucketOnly(Packaged packaged) {
        Template template = packaged.template();
        var buckets = new TreeMap<>(Map.of("FailedNotices", "StoreBucket"));
        if (packaged.choices().path("ingest").asString().equals("queue")) {
            buckets.put("NoticesQueue", "FilesBucket");
        }
        String policy = """
                {"Queues":["https://sqs.us-east-1.amazonaws.com/111122223333/%s"],"PolicyDocument":{\
                "Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},\
                "Action":"sqs:SendMessage","Resource":"%s","Condition":{\
                "StringEquals":{"aws:SourceAccount":"111122223333"},"ArnEquals":{"aws:SourceArn":"%s"}}}]}}""";

        assertThat(template.ofType("AWS::SQS::QueuePolicy")).hasSameSizeAs(buckets);
        buckets.forEach((queue, bucket) -> {
            String own = policy.formatted(queue, template.attribute(queue, "Arn"), template.attribute(bucket, "Arn"));
            assertThat(template.resolved(template.properties(queue + "Policy"))).isEqualTo(json(own));
        });
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void whatIsReadAndWrittenIsPaidByItself(Packaged packaged) {
        Template template = packaged.template();

        assertThat(template.ofType("AWS::DynamoDB::Table").values())
                .hasSize(3)
                .allMatch(table -> table.path("BillingMode").asString("").equals("PAY_PER_REQUEST"));
        assertThat(template.properties("ChangesStream")
                        .at("/StreamModeDetails/StreamMode")
                        .asString(""))
                .isEqualTo("ON_DEMAND");
    }

    @ParameterizedTest
    @CsvSource({"split, INACTIVE", "prod, ACTIVE"})
    void thePoolOfPeopleIsProtectedAsChosen(String configuration, String protection) {
        assertThat(Packaged.of(configuration)
                        .template()
                        .properties("UserPool")
                        .path("DeletionProtection")
                        .asString(""))
                .isEqualTo(protection);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FilesBucket", "StoreBucket"})
    void versionsThatWereReplacedAndPartsOfUploadsExpire(String bucket) {
        List<JsonNode> rules = Packaged.of("split")
                .template()
                .properties(bucket)
                .at("/LifecycleConfiguration/Rules")
                .valueStream()
                .toList();

        assertThat(rules).allMatch(rule -> rule.path("Status").asString("").equals("Enabled"));
        assertThat(rules)
                .filteredOn(rule -> !rule.has("Prefix"))
                .extracting(JsonNode::toString)
                .containsExactly("""
                        {"Id":"old-versions","Status":"Enabled","NoncurrentVersionExpiration":{"NoncurrentDays":30},"ExpiredObjectDeleteMarker":true}""", """
                        {"Id":"unfinished-uploads","Status":"Enabled","AbortIncompleteMultipartUpload":{"DaysAfterInitiation":7}}""");
    }

    /** Letters and rejects stay; claims have to outlive the events that name them. */
    @Test
    void whatExpiresInTheBuckets() {
        Template template = Packaged.of("split").template();

        assertThat(expiring(template, "FilesBucket")).isEmpty();
        assertThat(expiring(template, "StoreBucket"))
                .isEqualTo(Map.of("claims/", 30, "discarded/", 30, "aws/lambda/", 30));
        assertThat(template.properties("ChangesStream")
                        .path("RetentionPeriodHours")
                        .asInt())
                .isLessThan(30 * 24);
    }

    private static Map<String, Integer> expiring(Template template, String bucket) {
        return StreamSupport.stream(
                        template.properties(bucket)
                                .at("/LifecycleConfiguration/Rules")
                                .spliterator(),
                        false)
                .filter(rule -> rule.has("ExpirationInDays"))
                .collect(
                        Collectors.toMap(rule -> rule.path("Prefix").asString(""), rule -> rule.path("ExpirationInDays")
                                .asInt()));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void theGatewayTakesTokensOfThePoolForThePage(Packaged packaged) {
        Template template = packaged.template();
        JsonNode jwt = template.ofType("AWS::ApiGatewayV2::Authorizer")
                .values()
                .iterator()
                .next();

        assertThat(template.resolved(jwt.path("JwtConfiguration"))).isEqualTo(json("""
                        {"Audience":["UserPoolClient"],"Issuer":"https://cognito-idp.us-east-1.amazonaws.com/UserPool"}"""));
        assertThat(jwt.at("/IdentitySource/0").asString()).isEqualTo("$request.header.Authorization");
    }

    @Test
    void peopleSignInAtThePageAndAtChosenSites() {
        Template template = Packaged.of("prod").template();
        JsonNode client = template.resolved(template.properties("UserPoolClient"));

        for (String property : List.of("CallbackURLs", "LogoutURLs")) {
            assertThat(texts(client.path(property)))
                    .containsExactlyInAnyOrder("https://HttpApi.execute-api.us-east-1.amazonaws.com/", APP + "/");
        }
        assertThat(texts(client.path("AllowedOAuthFlows"))).containsExactly("code");
        assertThat(client.path("GenerateSecret").asBoolean(true)).isFalse();
        assertThat(template.ofType("AWS::Cognito::UserPoolDomain").values())
                .extracting(domain -> template.resolved(domain).toString())
                .containsExactly("{\"UserPoolId\":\"UserPool\",\"Domain\":\"sluice-prod-111122223333\"}");
        assertThat(template.properties("UserPool")
                        .at("/AdminCreateUserConfig/AllowAdminCreateUserOnly")
                        .asBoolean(false))
                .isTrue();
        assertThat(template.ofType("AWS::Cognito::UserPoolGroup").values())
                .extracting(group -> group.path("GroupName").asString())
                .containsExactlyInAnyOrder("viewer", "uploader", "operator");
    }

    @Test
    void onlyChosenSitesMayUseTheApiAndTheBucket() {
        Template none = Packaged.of("split").template();
        Template one = Packaged.of("prod").template();
        String uploads = "/CorsConfiguration/CorsRules/0/AllowedOrigins";
        String page = "https://HttpApi.execute-api.us-east-1.amazonaws.com";

        assertThat(none.properties("HttpApi").has("CorsConfiguration")).isFalse();
        assertThat(texts(one.properties("HttpApi").at("/CorsConfiguration/AllowOrigins")))
                .containsExactly(APP);
        assertThat(texts(none.resolved(none.properties("FilesBucket")).at(uploads)))
                .containsExactly(page);
        assertThat(texts(one.resolved(one.properties("FilesBucket")).at(uploads)))
                .containsExactly(page, APP);
    }

    /** A function inside of the network reaches nothing else. */
    @Test
    void theNetworkHasAnEndpointForEachServiceThatIsCalledInside() {
        Template template = Packaged.of("vpc").template();
        Set<String> called = Call.known().stream()
                .map(Call::service)
                // Only live calls it, which is not inside.
                .filter(service -> !service.equals("ApiGatewayManagementApi"))
                .map(service -> "com.amazonaws.us-east-1."
                        + (service.equals("Kinesis") ? "kinesis-streams" : service.toLowerCase(Locale.ROOT)))
                .collect(Collectors.toSet());

        assertThat(template.ofType("AWS::EC2::VPCEndpoint").values())
                .extracting(endpoint -> template.text(endpoint.path("ServiceName")))
                .containsExactlyInAnyOrderElementsOf(called);
    }

    /** By the names that the SDK calls, in the subnets where the functions are, and from nowhere else. */
    @Test
    void functionsInsideOfTheNetworkReachTheEndpoints() {
        Template template = Packaged.of("vpc").template();
        JsonNode gateway = json("""
                {"VpcEndpointType":"Gateway","VpcId":"Network","RouteTableIds":["Routes"]}""");
        JsonNode other = json("""
                {"VpcEndpointType":"Interface","PrivateDnsEnabled":true,"VpcId":"Network",\
                "SubnetIds":["SubnetA","SubnetB"],"SecurityGroupIds":["EndpointGroup"]}""");

        assertThat(template.ofType("AWS::EC2::VPCEndpoint").values()).allSatisfy(properties -> {
            var endpoint = (ObjectNode) template.resolved(properties);
            endpoint.remove("ServiceName");
            assertThat(endpoint).isIn(gateway, other);
        });
        assertThat(template.resolved(template.properties("EndpointGroup").path("SecurityGroupIngress")))
                .isEqualTo(json("""
                        [{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"SourceSecurityGroupId":"FunctionGroup"}]"""));
        assertThat(template.resolved(template.function("Reader").path("VpcConfig")))
                .isEqualTo(json("""
                        {"SecurityGroupIds":["FunctionGroup"],"SubnetIds":["SubnetA","SubnetB"]}"""));
        assertThat(template.ofType("AWS::EC2::SubnetRouteTableAssociation").values())
                .extracting(association -> template.resolved(association).toString())
                .containsExactlyInAnyOrder(
                        "{\"RouteTableId\":\"Routes\",\"SubnetId\":\"SubnetA\"}",
                        "{\"RouteTableId\":\"Routes\",\"SubnetId\":\"SubnetB\"}");
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
