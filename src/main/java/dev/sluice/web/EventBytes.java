package dev.sluice.web;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConverter;

/** Bytes or text as a stream of bytes. */
final class EventBytes implements MessageConverter {

    @Override
    public @Nullable Object fromMessage(Message<?> message, Class<?> target) {
        if (target != InputStream.class) {
            return null;
        }
        return switch (message.getPayload()) {
            case byte[] bytes -> new ByteArrayInputStream(bytes);
            case String text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            default -> null;
        };
    }

    @Override
    public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers) {
        return null;
    }
}
