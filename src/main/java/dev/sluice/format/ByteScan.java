package dev.sluice.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the next of three bytes, eight at a time. */
final class ByteScan {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private final byte a;
    private final byte b;
    private final byte c;
    private final long eightA;
    private final long eightB;
    private final long eightC;

    ByteScan(int a, int b, int c) {
        this.a = (byte) a;
        this.b = (byte) b;
        this.c = (byte) c;
        this.eightA = (a & 0xff) * ONES;
        this.eightB = (b & 0xff) * ONES;
        this.eightC = (c & 0xff) * ONES;
    }

    /** The index of the first one from {@code from} on, or {@code to}. */
    int next(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long eight = (long) LONG.get(bytes, i);
            // A borrow can only mark bytes above a true zero, and the lowest mark is the one that counts.
            long hits = zeros(eight ^ eightA) | zeros(eight ^ eightB) | zeros(eight ^ eightC);
            if (hits != 0) {
                return i + Long.numberOfTrailingZeros(hits) / Byte.SIZE;
            }
        }
        while (i < to && bytes[i] != a && bytes[i] != b && bytes[i] != c) {
            i++;
        }
        return i;
    }

    private static long zeros(long eight) {
        return (eight - ONES) & ~eight & HIGHS;
    }
}
