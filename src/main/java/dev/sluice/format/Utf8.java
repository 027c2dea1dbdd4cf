package dev.sluice.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the few bytes of UTF-8 that lenient decoders go wrong behind, eight at a time. */
final class Utf8 {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private Utf8() {}

    /**
     * Whether no byte is there that can begin an overlong sequence (C0, C1, E0, F0), half of a surrogate pair (ED) or a
     * code point behind the last one (F4 and above). What remains is malformed only where the count of continuation bytes
     * is wrong.
     */
    static boolean isHarmless(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long eight = (long) LONG.get(bytes, i);
            if ((eight & HIGHS) != 0 && marks(eight) != 0) {
                return false;
            }
        }
        long rest = 0;
        for (; i < to; i++) {
            rest = (rest << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return marks(rest) == 0;
    }

    private static long marks(long eight) {
        long overlong = zeros((eight & ~ONES) ^ 0xc0c0c0c0c0c0c0c0L) | zeros(eight ^ 0xe0e0e0e0e0e0e0e0L);
        long surrogate = zeros(eight ^ 0xededededededededL);
        long four = eight & (eight << 1) & (eight << 2) & (eight << 3) & HIGHS;
        return overlong | surrogate | four;
    }

    /** Not zero if one of the eight bytes is. */
    private static long zeros(long eight) {
        return (eight - ONES) & ~eight & HIGHS;
    }
}
