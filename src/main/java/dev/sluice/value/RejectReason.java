package dev.sluice.value;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a record could not become a row. A closed list; in JSON {@code field-count} and so on. */
public enum RejectReason {
    /** More or fewer fields than the header has. */
    FIELD_COUNT,
    /** Not valid in the feed's character set, or half of a surrogate pair. */
    ENCODING,
    /** A quote that is not closed, or characters after a closing quote. */
    QUOTES,
    /** Not one JSON object. */
    JSON,
    /** A name that occurs twice in one record. */
    DUPLICATE_COLUMN,
    /** A field without a name, or with one of over 32 KB. */
    COLUMN_NAME,
    /** Longer than the feed's limit for a record. */
    RECORD_TOO_LARGE,
    /** A column's value is not of its type. */
    BAD_TYPE,
    /** The feed's transform threw, left a null in the row, or changed its key or source. */
    TRANSFORM_FAILED,
    /** A key column is not there, or null. */
    MISSING_KEY,
    /** A key column is empty, or holds a list or an object. */
    EMPTY_KEY,
    /** The column that tells the newest row is not there, null, or holds a list or an object. */
    MISSING_NEWEST_BY,
    /** The row key is over DynamoDB's 1,024 bytes. */
    KEY_TOO_LONG,
    /** The item is over DynamoDB's 400 KB. */
    ITEM_TOO_LARGE,
    /** Deeper than DynamoDB's 32 levels. */
    NESTING,
    /** A number outside of DynamoDB's 38 digits or its magnitude. */
    NUMBER_RANGE;

    /** The code as the ledger and the API write it. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
