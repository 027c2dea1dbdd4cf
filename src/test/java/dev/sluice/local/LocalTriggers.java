package dev.sluice.local;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of Lambda between services and function: takes notices, the work queue, what has failed for good, the rows table's stream and the Kinesis
 * stream, and posts each event to the function's door, as the JSON that Lambda would hand over and by the rules of its event source
 * mappings. What has been read is known in memory only: a second start reads every stream from its beginning.
 */
public final class LocalTriggers implements AutoCloseable {

    private static final Duration END = Duration.ofSeconds(5);

    private final LocalClients clients;
    private final LocalResources resources;
    private final TriggerSettings settings;
    private final Door door;
    private final Patience patience;
    private final Consumer<String> notes;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param door where events are posted, such as {@code http://127.0.0.1:8080/functions/triggerRouter} */
    public LocalTriggers(LocalCloud cloud, LocalResources resources, URI door, TriggerSettings settings) {
        this(new Plan(cloud.endpoints(), resources, door, settings), Lifeline::note);
    }

    LocalTriggers(Plan plan, Consumer<String> notes) {
        this.clients = new LocalClients(plan.endpoints());
        this.resources = plan.resources();
        this.settings = plan.settings();
        this.door = new Door(plan.door(), settings.timeout());
        this.patience = new Patience(settings);
        this.notes = notes;
    }

    /** Everything that a process of its own has to know. */
    record Plan(LocalEndpoints endpoints, LocalResources resources, URI door, TriggerSettings settings) {}

    public static void main(String[] args) {
        // Shorter than any server's, which would else close a connection just as an event is sent on it.
        System.setProperty("jdk.httpclient.keepalive.timeout", "5");
        var plan = JsonMapper.shared().readValue(args[0], Plan.class);
        Lifeline.serve(() -> {
            new LocalTriggers(plan, Lifeline::note).start();
            return 0;
        });
    }

    /** Starts the triggers in a process of their own. */
    public static Child startChild(
            LocalCloud cloud, LocalResources resources, URI door, TriggerSettings settings, Consumer<String> notes) {
        var plan = JsonMapper.shared().writeValueAsString(new Plan(cloud.endpoints(), resources, door, settings));
        return Child.start("Triggers", LocalTriggers.class, List.of("-Xmx256m"), List.of(plan), notes);
    }

    /** Starts polling; the resources have to exist. */
    public void start() {
        var table = clients.dynamoDb()
                .describeTable(of -> of.tableName(resources.rowsTable()))
                .table();
        var failures = new FailureQueue(clients.sqs(), resources.deadLetterQueue(), patience, notes);
        var failedBatches = new FailureBucket(clients.s3(), resources.storeBucket(), failures, patience, notes);
        var invoker = new Invoker(door, patience, failures, notes);
        var streamInvoker = new Invoker(door, patience, failedBatches, notes);
        var rows = new DynamoSource(clients.dynamoDbStreams(), table.latestStreamArn());
        var changes = new KinesisSource(clients.kinesis(), resources.stream());
        for (var mapping : List.of(
                new StreamMapping(rows, settings.rows(), settings, streamInvoker),
                new StreamMapping(changes, settings.changes(), settings, streamInvoker))) {
            threads.execute(() -> mapping.run(threads));
        }
        poll(resources.noticeQueue(), new NoticeEvents(settings.noticeRetries()), invoker);
        poll(resources.workQueue(), settings.workBatchSize(), invoker);
        poll(resources.lettersQueue(), 1, invoker);
        poll(resources.deadLetterQueue(), 1, invoker);
    }

    private void poll(String queue, int messages, Invoker invoker) {
        poll(queue, SqsEvent.of(clients.sqs(), queue, messages), invoker);
    }

    private void poll(String queue, QueueEvents events, Invoker invoker) {
        var mapping = new QueueMapping(events, clients.sqs(), queue, settings.timeout(), invoker);
        for (var i = 0; i < settings.queuePollers(); i++) {
            threads.execute(mapping::run);
        }
    }

    @Override
    public void close() {
        patience.close();
        threads.shutdownNow();
        try {
            threads.awaitTermination(END.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        door.close();
        clients.close();
    }
}
