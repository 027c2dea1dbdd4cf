package dev.sluice.object;

import dev.sluice.setting.Setting;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sluice.reconcile}.
 *
 * @param perSecond how many objects a second are put into the work queue at most
 * @param stuckAfter after what time without news an object that nobody has the lease of is taken for forgotten; longer
 *     than the work queue takes to give up a message
 */
@ConfigurationProperties("sluice.reconcile")
record ReconcileSettings(
        @DefaultValue("50") int perSecond,
        @DefaultValue("3h") Duration stuckAfter) {

    ReconcileSettings {
        Setting.range("sluice.reconcile.per-second", perSecond, 1, 10_000);
        Setting.range("sluice.reconcile.stuck-after in milliseconds", stuckAfter.toMillis(), 1_000, 86_400_000);
    }
}
