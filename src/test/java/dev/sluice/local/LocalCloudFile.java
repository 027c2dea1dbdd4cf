package dev.sluice.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code target/local-cloud.json}: where everything of a running local Sluice is. Any access key is accepted. */
public record LocalCloudFile(
        LocalEndpoints endpoints,
        String region,
        String bucket,
        String storeBucket,
        String rowsTable,
        String ledgerTable,
        String connectionsTable,
        String stream,
        String workQueue,
        String deadLetterQueue,
        URI web) {

    public static LocalCloudFile of(LocalCloud cloud, LocalResources names, URI web) {
        return new LocalCloudFile(
                cloud.endpoints(),
                LocalEndpoints.REGION,
                names.bucket(),
                names.storeBucket(),
                names.rowsTable(),
                names.ledgerTable(),
                names.connectionsTable(),
                names.stream(),
                names.workQueue(),
                names.deadLetterQueue(),
                web);
    }

    public void write(Path file) throws IOException {
        byte[] json = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsBytes(this);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, json);
    }
}
