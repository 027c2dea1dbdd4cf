package dev.sluice.aws;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item, or a map inside one, whose attributes are known to be there. */
public record Item(Map<String, AttributeValue> attributes) {

    public String text(String name) {
        return required(name).s();
    }

    public long number(String name) {
        return Long.parseLong(required(name).n());
    }

    /** How many numbers the set has. */
    public int numbers(String name) {
        return required(name).ns().size();
    }

    public Item map(String name) {
        return new Item(required(name).m());
    }

    /** The attribute, if the item has it. */
    public Optional<AttributeValue> find(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    private AttributeValue required(String name) {
        @Nullable AttributeValue attribute = attributes.get(name);
        if (attribute == null) {
            throw new IllegalStateException(
                    "An item lacks the attribute '%s': something else has written into Sluice's table."
                            .formatted(name));
        }
        return attribute;
    }
}
