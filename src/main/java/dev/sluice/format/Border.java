package dev.sluice.format;

/**
 * A place at which decompressing can begin.
 *
 * @param compressed bytes from the start of the object as it is
 * @param plain bytes from the start of what it decompresses to
 */
public record Border(long compressed, long plain) {

    static final Border START = new Border(0, 0);
}
