package dev.sluice.feed;

import java.util.regex.Pattern;

/** A pattern for object keys: {@code *} and {@code ?} stay inside one folder, {@code **} does not. */
record KeyGlob(String glob, Pattern pattern) {

    static KeyGlob of(String glob) {
        var regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*' && i + 1 < glob.length() && glob.charAt(i + 1) == '*') {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                // Both halves of a surrogate pair together: quoted one by one they match nothing.
                int character = glob.codePointAt(i);
                regex.append(Pattern.quote(Character.toString(character)));
                i += Character.charCount(character) - 1;
            }
        }
        return new KeyGlob(glob, Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    boolean matches(String key) {
        return pattern.matcher(key).matches();
    }

    /** The folder that every matching key lies in, with its last slash; empty if there is none. */
    String folder() {
        int wild = glob.length();
        for (char c : new char[] {'*', '?'}) {
            int at = glob.indexOf(c);
            wild = at < 0 ? wild : Math.min(wild, at);
        }
        return glob.substring(0, glob.lastIndexOf('/', wild) + 1);
    }
}
