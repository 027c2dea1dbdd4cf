package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CommonTextsTests {

    private final CommonTexts texts = new CommonTexts();

    @Test
    void theSameTextIsMadeOnce() {
        assertThat(text("MODIFY")).isEqualTo("MODIFY").isSameAs(text("MODIFY"));
        assertThat(text("")).isEmpty();
    }

    /** "AaAa", "AaBB" and "BBBB" have one hash, and so one place. */
    @Property
    void anotherTextInItsPlaceIsNotTakenForIt(@ForAll List<String> some) {
        for (String before : some) {
            for (String text : List.of(before, "AaAa", "BBBB", "AaBB", "é", "\u00c3\u00a9")) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                assertThat(text(text)).isEqualTo(new String(utf8, StandardCharsets.UTF_8));
            }
        }
    }

    private String text(String text) {
        byte[] utf8 = ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
        return texts.text(utf8, 1, utf8.length - 1);
    }
}
