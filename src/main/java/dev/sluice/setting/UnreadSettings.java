package dev.sluice.setting;

import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.BoundConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.EnumerablePropertySource;

/** Settings and variables that would change nothing, most often because they are misspelt. */
final class UnreadSettings {

    /** All but the feeds', of which their room itself refuses what it does not read. */
    private static final Pattern OURS = Pattern.compile("sluice[._](?!feeds[\\[._]).*", Pattern.CASE_INSENSITIVE);

    private static final String DEFINITION = "spring.cloud.function.definition";

    /** AWS Lambda Developer Guide, "Defined runtime environment variables". */
    private static final String ON_LAMBDA = "AWS_LAMBDA_FUNCTION_NAME";

    private UnreadSettings() {}

    /**
     * Stops the start if a setting or variable of Sluice's is read by no room, or if the function's definition names no
     * function, or on Lambda nothing: the adapter would fall back to its own router without a word.
     */
    static void refuse(ConfigurableApplicationContext context) {
        definition(context);
        BoundConfigurationProperties bound = BoundConfigurationProperties.get(context);
        Set<String> read = bound == null
                ? Set.of()
                : bound.getAll().keySet().stream()
                        .map(name -> plain(name.toString()))
                        .collect(Collectors.toSet());
        context.getEnvironment().getPropertySources().stream()
                .flatMap(source -> source instanceof EnumerablePropertySource<?> names
                        ? Stream.of(names.getPropertyNames())
                        : Stream.empty())
                .filter(name -> OURS.matcher(name).matches() && !read.contains(plain(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw new SettingException(
                            "The setting %s is none that Sluice reads: correct its name or remove it.".formatted(name));
                });
    }

    private static void definition(ConfigurableApplicationContext context) {
        String definition = context.getEnvironment().getProperty(DEFINITION, "");
        if (definition.isBlank()) {
            if (context.getEnvironment().containsProperty(ON_LAMBDA)) {
                throw new SettingException(
                        "The setting %s is missing: on Lambda set the environment variable SPRING_CLOUD_FUNCTION_DEFINITION to triggerRouter."
                                .formatted(DEFINITION));
            }
        } else if (!context.containsBean(definition) || !context.isTypeMatch(definition, Function.class)) {
            throw new SettingException(
                    "The setting %s names '%s', but there is no function of that name: on Lambda it is triggerRouter."
                            .formatted(DEFINITION, definition));
        }
    }

    /**
     * The same for every way to write a name: {@code sluice.a-b.c}, {@code SLUICE_AB_C}, {@code SLUICE_A_B_C}; and for a list
     * and its items, of which one source may have replaced the other's.
     */
    private static String plain(String name) {
        return name.replaceFirst("[\\[_][0-9]+]?$", "")
                .replaceAll("[^0-9A-Za-z]", "")
                .toLowerCase(Locale.ROOT);
    }
}
