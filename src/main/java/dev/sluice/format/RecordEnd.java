package dev.sluice.format;

/** Finds where a record ends. It remembers what it saw, so that no byte is looked at twice. */
sealed interface RecordEnd permits ArrayEnd, CsvEnd, LineEnd {

    /** Forgets everything: a new record begins. */
    void begin();

    /** The index behind the record's last byte (its line break included), or -1 if it goes on after {@code to}. */
    int find(byte[] bytes, int from, int to);

    /** Whether the record, as far as it was looked at, is inside something that has yet to be closed. */
    boolean isOpen();

    /** How many line breaks the record holds, as far as it was looked at. */
    int lines();
}
