package dev.sluice.change;

import dev.sluice.setting.Setting;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sluice.processing}.
 *
 * @param parallel how many keys' events a consumer gets at the same time, at most
 * @param tries how often a consumer is given an event in one call before the event becomes a dead letter of that consumer
 * @param rememberedKeys of how many keys the last sequence is remembered for each consumer
 * @param foreign what becomes of a record that holds no change event
 */
@ConfigurationProperties("sluice.processing")
record ProcessingSettings(
        @DefaultValue("16") int parallel,
        @DefaultValue("3") int tries,
        @DefaultValue("50000") int rememberedKeys,
        @DefaultValue("skip") Foreign foreign) {

    /** What becomes of a record that Sluice has not sent. */
    enum Foreign {
        /** It is counted and passed over. */
        SKIP,
        /** It is kept as a dead letter. */
        LETTER
    }

    ProcessingSettings {
        Setting.range("sluice.processing.parallel", parallel, 1, 1_000);
        Setting.range("sluice.processing.tries", tries, 1, 100);
        Setting.range("sluice.processing.remembered-keys", rememberedKeys, 1, 10_000_000);
    }
}
