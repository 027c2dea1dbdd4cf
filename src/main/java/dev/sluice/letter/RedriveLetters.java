package dev.sluice.letter;

import dev.sluice.invocation.Invocation;
import dev.sluice.work.WorkQueue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts letters into the work queue, by their ids. From there the door gives each letter's input to its origin's bean; a
 * letter is gone only once its input has been dealt with, so putting it there twice does no harm.
 */
final class RedriveLetters implements Function<RedriveRequest, RedriveReport> {

    private static final Logger LOG = LoggerFactory.getLogger(RedriveLetters.class);

    private static final int PAGE = 100;

    private final Letters letters;
    private final WorkQueue work;

    RedriveLetters(Letters letters, WorkQueue work) {
        this.letters = letters;
        this.work = work;
    }

    @Override
    public RedriveReport apply(RedriveRequest request) {
        RedriveReport report = request.letters().map(this::some).orElseGet(() -> all(request, Invocation.current()));
        LOG.info("{} dead letters are to be sent again.", report.enqueued());
        return report;
    }

    private RedriveReport some(List<String> ids) {
        var known = new ArrayList<LetterMessage>();
        var unknown = new ArrayList<String>();
        for (String id : ids) {
            if (LetterId.of(id).flatMap(letters::find).isPresent()) {
                known.add(new LetterMessage(id));
            } else {
                unknown.add(id);
            }
        }
        work.sendLetters(known);
        return new RedriveReport(known.size(), unknown, Optional.empty());
    }

    private RedriveReport all(RedriveRequest request, Invocation invocation) {
        long left = request.limit().orElse(Integer.MAX_VALUE);
        long sent = 0;
        String after = request.cursor().orElse("");
        while (Instant.now().isBefore(invocation.lastTry())) {
            LetterPage page = letters.list(request.reason(), after, (int) Math.min(PAGE, left));
            work.sendLetters(page.letters().stream()
                    .map(listed -> new LetterMessage(listed.id().text()))
                    .toList());
            sent += page.letters().size();
            left -= page.letters().size();
            if (page.last().isEmpty() || left <= 0) {
                return new RedriveReport(sent, List.of(), page.last());
            }
            after = page.last().get();
        }
        return new RedriveReport(sent, List.of(), Optional.of(after).filter(last -> !last.isEmpty()));
    }
}
