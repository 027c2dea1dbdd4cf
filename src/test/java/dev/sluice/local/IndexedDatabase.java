package dev.sluice.local;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import java.util.Map;
import java.util.concurrent.Executors;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.shared.access.LocalDBClient;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;
import software.amazon.dynamodb.services.local.shared.jobs.JobsRegister;

/**
 * DynamoDB Local's database in memory, with an index that it lacks. Its table {@code us} holds the stream records of all
 * tables, and each write to a table with a stream looks there for the first record of its stream: without the index it
 * reads past the records of every table before, so the more was ever written, the slower all becomes.
 */
final class IndexedDatabase extends SQLiteDBAccess {

    private static final String INDEX = "CREATE INDEX IF NOT EXISTS recordsOfStream ON us (StreamID, SequenceNumber)";

    /** The name under which the handler keeps the one database of all access keys and regions. */
    private static final String SHARED = "shared-local-instance";

    private static final int JOBS = 10;

    private IndexedDatabase() {
        super();
        queue.execute(new SQLiteJob<Void>() {
                    @Override
                    protected Void job(SQLiteConnection connection) throws SQLiteException {
                        connection.exec(INDEX);
                        return null;
                    }
                })
                .complete();
    }

    /** Makes the handler use it. It has no way for that but the map in which it keeps what it has opened. */
    @SuppressWarnings("unchecked")
    static void into(LocalDynamoDBRequestHandler handler) throws ReflectiveOperationException {
        var databases = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
        databases.setAccessible(true);
        ((Map<String, Object>) databases.get(handler))
                .put(
                        SHARED,
                        new LocalDBClient(
                                new IndexedDatabase(), new JobsRegister(Executors.newFixedThreadPool(JOBS), false)));
    }
}
