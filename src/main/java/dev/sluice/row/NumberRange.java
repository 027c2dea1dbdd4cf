package dev.sluice.row;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import java.math.BigDecimal;

/**
 * The numbers that DynamoDB takes, and how large they are (Amazon DynamoDB Developer Guide, "Quotas" and "Item sizes and
 * formats").
 */
final class NumberRange {

    private static final int MAX_DIGITS = 38;
    private static final int MAX_EXPONENT = 125;
    private static final int MIN_EXPONENT = -130;

    private NumberRange() {}

    /**
     * How many bytes a number takes: one for two digits at an even place of it, one for its exponent and one for its sign.
     *
     * @throws RejectedException if DynamoDB does not take it
     */
    static int bytes(String digits, String column) throws RejectedException {
        try {
            BigDecimal number = new BigDecimal(digits).stripTrailingZeros();
            int exponent = number.precision() - number.scale() - 1;
            if (number.signum() == 0
                    || (number.precision() <= MAX_DIGITS && exponent <= MAX_EXPONENT && exponent >= MIN_EXPONENT)) {
                return (number.precision() + 2) / 2 + 1 + (number.signum() < 0 ? 1 : 0);
            }
        } catch (NumberFormatException | ArithmeticException _) {
            // The exponent does not even fit into an int.
        }
        throw new RejectedException(
                RejectReason.NUMBER_RANGE,
                column,
                "A number has over %d digits or is out of DynamoDB's range.".formatted(MAX_DIGITS));
    }
}
