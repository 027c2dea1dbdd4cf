package dev.sluice.row;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import java.math.BigDecimal;

/** The numbers that DynamoDB takes (Amazon DynamoDB Developer Guide, "Quotas"). */
final class NumberRange {

    private static final int MAX_DIGITS = 38;
    private static final int MAX_EXPONENT = 125;
    private static final int MIN_EXPONENT = -130;

    private NumberRange() {}

    static String check(String digits, String column) throws RejectedException {
        if (!holds(digits)) {
            throw new RejectedException(
                    RejectReason.NUMBER_RANGE,
                    column,
                    "A number has over %d digits or is out of DynamoDB's range.".formatted(MAX_DIGITS));
        }
        return digits;
    }

    private static boolean holds(String digits) {
        try {
            BigDecimal number = new BigDecimal(digits).stripTrailingZeros();
            int exponent = number.precision() - number.scale() - 1;
            return number.signum() == 0
                    || (number.precision() <= MAX_DIGITS && exponent <= MAX_EXPONENT && exponent >= MIN_EXPONENT);
        } catch (NumberFormatException | ArithmeticException _) {
            // The exponent does not even fit into an int.
            return false;
        }
    }
}
