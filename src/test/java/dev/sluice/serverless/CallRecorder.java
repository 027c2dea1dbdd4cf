package dev.sluice.serverless;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.StringUtils;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * Keeps every call of AWS that the application's beans make in a run of integration tests, in the tests' process and in those
 * that they start, each in a file of its own. The SDK finds this interceptor by its name in a resource file and makes one for
 * each client; calls of tests are not kept.
 */
public final class CallRecorder implements ExecutionInterceptor {

    private static final Set<Call> CALLS = new ConcurrentSkipListSet<>();

    /** Names the folder. Maven sets it for integration tests, and processes that they start inherit it. */
    private static final String FOLDER = "RECORDED_CALLS";

    /** Names a bean that no table has, for calls of threads that work for none; set where no test makes calls. */
    private static final String NOBODY = "RECORDED_CALLS_OF_NOBODY";

    /** The process's number may come again. */
    private static final Optional<Path> FILE = Optional.ofNullable(System.getenv(FOLDER))
            .map(folder -> Path.of(folder, ProcessHandle.current().pid() + "-" + UUID.randomUUID() + ".tsv"));

    private static final String INTERCEPTORS = "software/amazon/awssdk/global/handlers/execution.interceptors";

    /** What a deployment has. The local cloud's names begin with the test's prefix, those of queues with an address. */
    private static final Pattern NAME =
            Pattern.compile("(?:.*?[-/])??(files|store|rows|ledger|connections|changes|work|letters|dead-letters)");

    /** The bucket of a feed of a test; {@code QuietBucket} makes it. */
    private static final Pattern OF_A_TEST = Pattern.compile("\\w+-quiet(/x)?");

    private static final String DOOR = "dev.sluice.trigger.TriggerRouter";

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (FILE.isEmpty()) {
            return;
        }
        BeanAtWork.name().or(CallRecorder::door).or(CallRecorder::nobody).ifPresent(bean -> {
            // The one that signs writes its service in small letters.
            String service = StringUtils.capitalize(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME));
            String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
            made(operation, context.request())
                    .filter(part -> !OF_A_TEST.matcher(part.resource()).matches())
                    .map(part -> new Call(bean, service, part.operation(), part.resource()))
                    .filter(CALLS::add)
                    .forEach(_ -> show(FILE.get()));
        });
    }

    /** What is to be allowed for one resource of a call. */
    record Part(String operation, String resource) {}

    /** Of a transaction each write counts: "Amazon DynamoDB Transactions: How it works" has no action for the whole. */
    static Stream<Part> made(String operation, SdkRequest request) {
        if (request instanceof TransactWriteItemsRequest transaction && transaction.hasTransactItems()) {
            return transaction.transactItems().stream().map(CallRecorder::part);
        }
        String version = field(request, "VersionId", String.class).isPresent() ? "Version" : "";
        return resources(request).map(resource -> new Part(operation + version, resource));
    }

    private static Part part(TransactWriteItem item) {
        return Optional.ofNullable(item.put())
                .map(put -> new Part("PutItem", name(put.tableName())))
                .or(() -> Optional.ofNullable(item.update())
                        .map(update -> new Part("UpdateItem", name(update.tableName()))))
                .orElse(new Part("TransactWriteItems", "unknown"));
    }

    /** Where calls are kept. */
    static Path folder() {
        return Path.of(System.getenv().getOrDefault(FOLDER, "target/calls")).toAbsolutePath();
    }

    /** Puts the recorder beside an application that another process is to load from this folder. */
    public static void putInto(Path application) throws IOException {
        Path classes = Path.of(URI.create(CallRecorder.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        Path own = Path.of("dev", "sluice", "serverless");
        Files.createDirectories(application.resolve(own));
        try (Stream<Path> files = Files.list(classes.resolve(own))) {
            for (Path file : files.filter(CallRecorder::isOfTheRecorder).toList()) {
                Files.copy(file, application.resolve(classes.relativize(file)));
            }
        }
        Path interceptors = application.resolve(INTERCEPTORS);
        Files.createDirectories(interceptors.getParent());
        Files.writeString(interceptors, CallRecorder.class.getName());
    }

    private static boolean isOfTheRecorder(Path file) {
        return file.getFileName().toString().matches("(Call|CallRecorder|BeanAtWork)(\\$.*)?\\.class");
    }

    /** The variables with which the recorder works in such a process. */
    public static Map<String, String> variables() {
        return Map.of("SPRING_MAIN_SOURCES", BeanAtWork.class.getName(), FOLDER, folder().toString(), NOBODY, "nobody");
    }

    /** The calls that a process which still runs has made, as lines of the table. Another one had its number before. */
    public static Set<String> of(long pid) {
        Instant start = ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .orElseThrow();
        return Call.made(folder(), pid + "-", start).stream()
                .map(Call::toString)
                .collect(Collectors.toSet());
    }

    /** What the door does itself. */
    private static Optional<String> door() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .filter(DOOR::equals)
                        .findFirst())
                .map(_ -> "triggerRouter");
    }

    private static Optional<String> nobody() {
        return Optional.ofNullable(System.getenv(NOBODY));
    }

    /** What a request is about. Where that is not to be told, it is one that no table has. */
    static Stream<String> resources(SdkRequest request) {
        var key = field(request, "Key", String.class);
        var index = field(request, "IndexName", String.class);
        List<String> found = Stream.of(
                        field(request, "Bucket", String.class)
                                .map(CallRecorder::name)
                                .map(bucket -> bucket
                                        + key.map(of -> folder(bucket, of)).orElse(""))
                                .stream(),
                        field(request, "TableName", String.class)
                                .map(table -> name(table)
                                        + index.map(of -> "/index/" + of).orElse(""))
                                .stream(),
                        field(request, "RequestItems", Map.class).stream().flatMap(CallRecorder::tables),
                        field(request, "StreamName", String.class).map(CallRecorder::name).stream(),
                        field(request, "QueueUrl", String.class).map(CallRecorder::name).stream(),
                        field(request, "ConnectionId", String.class).map(_ -> "connection").stream())
                .flatMap(of -> of)
                .toList();
        return found.isEmpty() ? Stream.of("unknown") : found.stream();
    }

    private static Stream<String> tables(Map<?, ?> items) {
        return items.keySet().stream().map(table -> name(table.toString()));
    }

    /** As a deployment calls it, or as it is called if a deployment has nothing of that name. */
    private static String name(String local) {
        var name = NAME.matcher(local);
        return name.matches() ? name.group(1) : local;
    }

    /** In the store bucket the first part of an object's key tells what it is, or both of what Lambda itself writes. */
    private static String folder(String bucket, String key) {
        String folder = key.replaceFirst("(aws/lambda|[^/]*)/.*", "$1");
        return bucket.equals("store") && !folder.equals(key) ? "/" + folder + "/x" : "/x";
    }

    private static <T> Optional<T> field(SdkRequest request, String name, Class<T> type) {
        return request.getValueForField(name, Object.class)
                .filter(type::isInstance)
                .map(type::cast);
    }

    /** At once, since the process may be killed in the middle of it. */
    private static synchronized void show(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Path next = Files.write(
                    file.resolveSibling(file.getFileName() + ".next"),
                    CALLS.stream().map(Call::toString).toList());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
