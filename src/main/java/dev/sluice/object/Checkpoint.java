package dev.sluice.object;

import dev.sluice.format.Place;

/**
 * The place in the decompressed object up to which every record is durably a row or a reject, and where to open the
 * object to go on from there.
 *
 * @param next where the first record lies that is not done yet
 * @param compressed a byte of the object as it lies in the bucket at which a reader can begin
 * @param plain which byte of the decompressed object that is; not behind {@code next}
 */
record Checkpoint(Place next, long compressed, long plain) {

    /** In an object that is not compressed a reader can begin anywhere. */
    static Checkpoint plain(Place next) {
        return new Checkpoint(next, next.offset(), next.offset());
    }
}
