package dev.sluice.object;

import dev.sluice.invocation.Invocation;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the objects that notices name, equal ones once, and reports one outcome each.
 *
 * <p>Where an outcome is not to be had now (S3 or DynamoDB do not answer), the other objects are still read, and the report
 * asks for that notice again; those that are done answer from the ledger.
 */
final class ReadObjects implements Function<ObjectNotices, ReadReport> {

    private static final Logger LOG = LoggerFactory.getLogger(ReadObjects.class);

    private final ObjectReader reader;
    private final ReadingSettings settings;
    private final Clock clock;

    ReadObjects(ObjectReader reader, ReadingSettings settings, Clock clock) {
        this.reader = reader;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public ReadReport apply(ObjectNotices notices) {
        Invocation invocation = Invocation.current();
        Instant begin = clock.instant();
        var call = new Call(invocation, begin, settings.stop(begin, invocation));
        var objects = new LinkedHashSet<>(notices.notices());
        var outcomes = new HashMap<ObjectNotice, ObjectOutcome>();
        var unread = new ArrayList<ObjectNotice>();
        for (ObjectNotice notice : objects) {
            try {
                ObjectOutcome outcome = reader.read(notice, call);
                outcomes.put(notice, outcome);
                LOG.info(
                        "{}/{}{}: {}{} ({} rows, {} rejects)",
                        outcome.bucket(),
                        outcome.key(),
                        outcome.part().map(part -> " part " + part).orElse(""),
                        outcome.state().word(),
                        outcome.reason().isEmpty() ? "" : " " + outcome.reason(),
                        outcome.rows(),
                        outcome.rejects());
            } catch (RuntimeException e) {
                LOG.warn("{}/{} could not be read now.", notice.bucket(), notice.key(), e);
                unread.add(notice);
            }
        }
        return new ReadReport(
                notices.notices().stream()
                        .flatMap(notice -> Stream.ofNullable(outcomes.get(notice)))
                        .toList(),
                unread);
    }
}
