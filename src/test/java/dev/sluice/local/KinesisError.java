package dev.sluice.local;

/**
 * An answer of Kinesis that is an error.
 *
 * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/CommonErrors.html">Common errors</a>
 */
final class KinesisError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static final String THROTTLED = "ProvisionedThroughputExceededException";
    static final String INTERNAL = "InternalFailure";

    private final String type;

    KinesisError(String type, String message) {
        super(message, null, false, false);
        this.type = type;
    }

    static KinesisError invalid(String message) {
        return new KinesisError("InvalidArgumentException", message);
    }

    static KinesisError validation(String message) {
        return new KinesisError("ValidationException", "1 validation error detected: " + message);
    }

    static KinesisError notFound(String message) {
        return new KinesisError("ResourceNotFoundException", message);
    }

    String type() {
        return type;
    }

    int status() {
        return switch (type) {
            case INTERNAL -> 500;
            case "ServiceUnavailable" -> 503;
            default -> 400;
        };
    }
}
