package dev.sluice.change;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Which part of a batch has to be sent again, in the form that Lambda's event source mappings ask for. Of a stream:
 * nothing, or all from one sequence number on (AWS Lambda Developer Guide, "Configuring partial batch response with
 * DynamoDB and Lambda"); of a queue: the messages that it names ("Handling errors for an SQS event source in Lambda").
 *
 * @param behind of a batch for one consumer, how many of its events were dropped since that consumer has been given them,
 *     or a later one of their key; absent in the reply to a mapping
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BatchReply(List<Failure> batchItemFailures, Optional<Integer> behind) {

    /** Where the batch begins that has to be sent again, or one message that has to be. */
    public record Failure(String itemIdentifier) {}

    public BatchReply {
        batchItemFailures = List.copyOf(batchItemFailures);
    }

    public BatchReply(List<Failure> batchItemFailures) {
        this(batchItemFailures, Optional.empty());
    }

    static BatchReply from(Optional<String> sequence) {
        return new BatchReply(sequence.map(Failure::new).stream().toList());
    }
}
