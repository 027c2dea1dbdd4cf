package dev.sluice.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.object.ReadingCloud.Content;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of the first reject the ledger keeps where it is and which column is at fault. */
class FirstErrorTests {

    @Test
    void theFirstErrorNamesItsColumn() throws IOException {
        try (var cloud = new ReadingCloud(
                List.of(),
                "--sluice.feeds[0].name=orders",
                "--sluice.feeds[0].match.key=orders/*",
                "--sluice.feeds[0].format=csv",
                "--sluice.feeds[0].key=id",
                "--sluice.feeds[0].types[0].column=amount",
                "--sluice.feeds[0].types[0].type=number")) {
            cloud.report("orders/a", Content.of("id,amount\n1,1.5\n2,much\n,3\n".getBytes(UTF_8)));

            var error = cloud.item("orders/a").path("firstError").path("M");
            assertThat(error.path("column").path("S").asString()).isEqualTo("amount");
            assertThat(error.path("reason").path("S").asString()).isEqualTo("BAD_TYPE");
            assertThat(error.path("line").path("N").asInt()).isEqualTo(3);
            assertThat(error.path("offset").path("N").asInt()).isEqualTo(16);
        }
    }
}
