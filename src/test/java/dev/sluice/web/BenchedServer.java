package dev.sluice.web;

import dev.sluice.SluiceApplication;
import java.net.URI;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The local server before tables of which nothing is kept. */
record BenchedServer(ConfigurableApplicationContext beans) implements AutoCloseable {

    static final String OBJECTS = "/api/objects";
    static final String DONE = "feed=countries&state=done&limit=50";
    static final String ROW = "/api/feeds/countries/rows/DEU";

    static BenchedServer start() {
        return new BenchedServer(new SpringApplicationBuilder(SluiceApplication.class)
                .run(
                        "--server.port=0",
                        "--sluice.bucket=files",
                        "--sluice.store.bucket=store",
                        "--sluice.rows.table=rows",
                        "--sluice.ledger.table=ledger",
                        "--sluice.connections.table=connections",
                        "--sluice.work.queue=http://127.0.0.1:9/work",
                        "--sluice.work.letters=http://127.0.0.1:9/letters",
                        "--sluice.changes.stream=changes",
                        "--sluice.letters.queue=letters"));
    }

    URI at(String path) {
        return address(beans).resolve(path);
    }

    static URI address(ConfigurableApplicationContext server) {
        return URI.create("http://127.0.0.1:" + server.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Override
    public void close() {
        beans.close();
    }
}
