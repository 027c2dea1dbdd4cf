package dev.sluice.feed;

import dev.sluice.format.Format;
import java.util.List;
import java.util.Map;

/**
 * A named rule: which objects belong to it, how they are read and how their rows are keyed.
 *
 * @param name lower-case letters, digits and hyphens
 * @param bucket the bucket of its objects; empty for any
 * @param glob the pattern of its objects' keys
 * @param format how an object's plain bytes become records
 * @param key the columns whose values are a row's key; none if a row is known by its place in the object
 */
public record Feed(String name, String bucket, String glob, Format format, List<String> key, Rules rules) {

    /**
     * What is asked of records and objects.
     *
     * @param types what columns are turned into; others stay as the format reads them
     * @param transform the name of the bean that every row goes through; empty for none
     * @param maxRecordBytes a longer record is rejected without being held
     * @param maxObjectBytes a larger object is not read
     * @param splitBytes a larger object is read in parts of this size, if it is not compressed
     */
    public record Rules(
            Map<String, ColumnType> types,
            String transform,
            RejectPolicy rejects,
            int maxRecordBytes,
            long maxObjectBytes,
            long splitBytes,
            RowPolicy rows) {

        /** Nothing is asked but the usual length of a record. */
        public static final Rules USUAL = new Rules(
                Map.of(), "", RejectPolicy.QUARANTINE, 1024 * 1024, Long.MAX_VALUE, Long.MAX_VALUE, RowPolicy.USUAL);

        public Rules {
            types = Map.copyOf(types);
        }
    }

    public Feed {
        key = List.copyOf(key);
    }

    public Feed(String name, String bucket, String glob, Format format, List<String> key) {
        this(name, bucket, glob, format, key, Rules.USUAL);
    }

    /** The key that an object of that name gets when it is uploaded for this feed. */
    public String keyFor(String objectName) {
        return KeyGlob.of(glob).folder() + objectName;
    }

    /** The columns that come from an object's key, by the named parts of the pattern. */
    public List<String> captures() {
        return KeyGlob.of(glob).captures();
    }
}
