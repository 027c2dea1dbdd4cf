package dev.sluice.feed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern for object keys: {@code *} and {@code ?} stay inside one folder, {@code **} does not, and {@code {name}} is a
 * part of a folder's or object's name that becomes a column.
 */
record KeyGlob(String glob, List<Part> parts, List<String> captures, Pattern pattern) {

    /** What one position of a pattern takes. */
    sealed interface Part {
        record Exactly(int codePoint) implements Part {}

        /** One character but a slash. */
        enum One implements Part {
            ONE
        }

        /** Any number of characters but slashes. */
        enum Some implements Part {
            SOME
        }

        /** Any number of any characters. */
        enum All implements Part {
            ALL
        }
    }

    private static final Pattern PART =
            Pattern.compile("\\*\\*|\\*|\\?|\\{([A-Za-z][A-Za-z0-9_-]*)}|(.)", Pattern.DOTALL);

    static KeyGlob of(String glob) {
        var parts = new ArrayList<Part>();
        var captures = new ArrayList<String>();
        var regex = new StringBuilder();
        Matcher matcher = PART.matcher(glob);
        while (matcher.find()) {
            switch (matcher.group()) {
                case "**" -> {
                    parts.add(Part.All.ALL);
                    regex.append(".*");
                }
                case "*" -> {
                    parts.add(Part.Some.SOME);
                    regex.append("[^/]*");
                }
                case "?" -> {
                    parts.add(Part.One.ONE);
                    regex.append("[^/]");
                }
                case String part
                when matcher.group(1) != null -> {
                    captures.add(matcher.group(1));
                    parts.add(Part.One.ONE);
                    parts.add(Part.Some.SOME);
                    regex.append("([^/]+)");
                }
                case String character -> {
                    parts.add(new Part.Exactly(character.codePointAt(0)));
                    regex.append(Pattern.quote(character));
                }
            }
        }
        return new KeyGlob(
                glob, List.copyOf(parts), List.copyOf(captures), Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    /** What the named parts of the key are, if the key matches. */
    Optional<Map<String, String>> match(String key) {
        Matcher matcher = pattern.matcher(key);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var found = new LinkedHashMap<String, String>();
        for (int i = 0; i < captures.size(); i++) {
            found.put(captures.get(i), matcher.group(i + 1));
        }
        return Optional.of(found);
    }

    /** The folder that every matching key lies in, with its last slash; empty if there is none. */
    String folder() {
        var folder = new StringBuilder();
        for (Part part : parts) {
            if (!(part instanceof Part.Exactly(int codePoint))) {
                break;
            }
            folder.appendCodePoint(codePoint);
        }
        return folder.substring(0, folder.lastIndexOf("/") + 1);
    }
}
