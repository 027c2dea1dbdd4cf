package dev.sluice.change;

import dev.sluice.setting.SettingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sluice.consumers}.
 *
 * @param consumers the names of the beans that get every change event, in this order
 */
@ConfigurationProperties("sluice")
record ConsumerSettings(
        @DefaultValue({"logSummary", "liveTail"}) List<String> consumers) {

    Map<String, Consumer<ChangeEvent>> choose(Map<String, Consumer<ChangeEvent>> beans) {
        var chosen = new LinkedHashMap<String, Consumer<ChangeEvent>>();
        for (String name : consumers) {
            Consumer<ChangeEvent> bean = beans.get(name);
            if (bean == null) {
                throw new SettingException(
                        "The setting sluice.consumers names '%s', but the beans of type Consumer<ChangeEvent> are %s."
                                .formatted(name, new TreeSet<>(beans.keySet())));
            }
            chosen.put(name, bean);
        }
        return chosen;
    }
}
