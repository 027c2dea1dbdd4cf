package dev.sluice.web;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfig;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import dev.sluice.value.Json;
import dev.sluice.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schemas of what routes take and answer. Each record is one with all of its components and no others, of which
 * only those of {@link Optional} may be left out.
 */
final class Schemas {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final SchemaBuilder builder = new SchemaGenerator(config()).buildMultipleSchemaDefinitions();

    /** A reference to the schema of a type with these parameters. */
    JsonNode of(Class<?> type, Class<?>... parameters) {
        return builder.createSchemaReference(type, parameters);
    }

    /** Every schema that was referred to, to stand in {@code components/schemas}; the references are complete then. */
    ObjectNode all() {
        return builder.collectDefinitions("components/schemas");
    }

    private static SchemaGeneratorConfig config() {
        var config = new SchemaGeneratorConfigBuilder(MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(
                        Option.DEFINITIONS_FOR_ALL_OBJECTS,
                        Option.EXTRA_OPEN_API_FORMAT_VALUES,
                        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                        Option.PLAIN_DEFINITION_KEYS)
                // It would let them be null, which they never are.
                .without(Option.FLATTENED_OPTIONALS);
        config.forFields()
                .withTargetTypeOverridesResolver(Schemas::content)
                .withRequiredCheck(field -> !isOptional(field));
        config.forTypesInGeneral().withCustomDefinitionProvider(Schemas::own);
        return config.build();
    }

    private static boolean isOptional(FieldScope field) {
        return field.getDeclaredType().getErasedType() == Optional.class;
    }

    private static @Nullable List<ResolvedType> content(FieldScope field) {
        return isOptional(field) ? field.getDeclaredType().getTypeParameters() : null;
    }

    /** Types that are written by rules of their own. */
    private static @Nullable CustomDefinition own(ResolvedType type, SchemaGenerationContext context) {
        Class<?> raw = type.getErasedType();
        if (raw == Json.class || Value.class.isAssignableFrom(raw)) {
            return inline(MAPPER.createObjectNode());
        }
        if (raw.isEnum()) {
            return inline(MAPPER.createObjectNode().put("type", "string").set("enum", words(raw)));
        }
        if (raw == Map.class
                && type.getTypeParameters().getFirst().getErasedType().isEnum()) {
            ObjectNode map = MAPPER.createObjectNode().put("type", "object");
            map.putObject("propertyNames")
                    .set("enum", words(type.getTypeParameters().getFirst().getErasedType()));
            map.set(
                    "additionalProperties",
                    context.createDefinitionReference(type.getTypeParameters().getLast()));
            return inline(map);
        }
        return null;
    }

    private static ArrayNode words(Class<?> type) {
        return MAPPER.valueToTree(type.getEnumConstants());
    }

    private static CustomDefinition inline(ObjectNode schema) {
        return new CustomDefinition(
                schema, CustomDefinition.DefinitionType.INLINE, CustomDefinition.AttributeInclusion.NO);
    }
}
