package dev.sluice.trigger;

import dev.sluice.setting.SettingException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code sluice.accepts}.
 *
 * @param accepts the triggers that this deployment takes; all of them if it is not set
 */
@ConfigurationProperties("sluice")
record TriggerSettings(@Nullable List<String> accepts) {

    Set<String> accepted(List<Trigger> triggers) {
        var known = new TreeSet<String>();
        triggers.forEach(trigger -> known.add(trigger.name()));
        if (accepts == null || accepts.isEmpty()) {
            return known;
        }
        for (String name : accepts) {
            if (!known.contains(name)) {
                throw new SettingException(
                        "The setting sluice.accepts names '%s', but the triggers are %s.".formatted(name, known));
            }
        }
        return Set.copyOf(accepts);
    }
}
