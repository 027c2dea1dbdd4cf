package dev.sluice.trigger;

import dev.sluice.setting.SettingException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sluice.accepts} and {@code sluice.invocable}.
 *
 * @param accepts the triggers that this deployment takes; all of them if it is not set
 * @param invocable the beans that a direct call may name
 */
@ConfigurationProperties("sluice")
record TriggerSettings(
        @Nullable List<String> accepts,

        @DefaultValue({"reconcileObjects", "redriveLetters"})
        List<String> invocable) {

    /** The allow-list, once it is sure that each of its names is a function's and not the door's own. */
    Set<String> invocable(Predicate<String> isFunction) {
        for (String name : invocable) {
            if (name.equals("triggerRouter") || !isFunction.test(name)) {
                throw new SettingException(
                        "The setting sluice.invocable names '%s', but no bean of that name can be called directly."
                                .formatted(name));
            }
        }
        return Set.copyOf(invocable);
    }

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
