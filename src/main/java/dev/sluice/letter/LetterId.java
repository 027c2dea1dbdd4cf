package dev.sluice.letter;

import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names a letter: {@code <reason>.<time>-<hash>}, which needs no encoding in a path. */
public record LetterId(String text) {

    private static final Pattern ID = Pattern.compile("[a-z]+(-[a-z]+)*\\.[0-9]{8}T[0-9]{6}Z-[0-9a-f]{32}");

    public LetterId {
        if (!ID.matcher(text).matches()) {
            throw new IllegalArgumentException("This is not the id of a letter.");
        }
    }

    /** The id that the text is, if it is one. */
    public static Optional<LetterId> of(String text) {
        return ID.matcher(text).matches() ? Optional.of(new LetterId(text)) : Optional.empty();
    }

    /** The id of the letter that a message of the work queue tells to send again, if it is such a message. */
    public static Optional<LetterId> inMessage(byte[] body, JsonMapper mapper) {
        try {
            JsonNode message = mapper.readTree(body);
            return message.size() == 1 ? of(message.path("letter").asString("")) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /** The id of what lies under the key in the folder, if that is a letter. */
    static Optional<LetterId> ofKey(String folder, String key) {
        return key.startsWith(folder) && key.endsWith(".json")
                ? of(key.substring(folder.length(), key.length() - ".json".length())
                        .replace('/', '.'))
                : Optional.empty();
    }

    String key(String folder) {
        return folder + text.replace('.', '/') + ".json";
    }

    @Override
    public String toString() {
        return text;
    }
}
