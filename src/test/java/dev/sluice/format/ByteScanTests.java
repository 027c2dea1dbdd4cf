package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ByteScanTests {

    /** Few different bytes, with the ones next to each other that borrows could confuse. */
    @Property(tries = 5000)
    void theNextOneIsFound(
            @ForAll @Size(max = 40) @ByteRange(min = -3, max = 4) byte[] bytes,
            @ForAll @ByteRange(min = -3, max = 4) byte a,
            @ForAll @ByteRange(min = -3, max = 4) byte b,
            @ForAll @ByteRange(min = -3, max = 4) byte c,
            @ForAll @IntRange(max = 40) int some) {
        int from = Math.min(some, bytes.length);
        int expected = from;
        while (expected < bytes.length && bytes[expected] != a && bytes[expected] != b && bytes[expected] != c) {
            expected++;
        }
        assertThat(new ByteScan(a, b, c).next(bytes, from, bytes.length)).isEqualTo(expected);
    }
}
