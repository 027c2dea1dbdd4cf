package dev.sluice.trigger;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sluice.letters}.
 *
 * @param queue the name of the SQS queue of what has failed for good; without one, none is taken for that
 */
@ConfigurationProperties("sluice.letters")
record FailedQueueSettings(@DefaultValue("") String queue) {}
