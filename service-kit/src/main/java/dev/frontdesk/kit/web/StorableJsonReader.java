package dev.frontdesk.kit.web;

import java.io.StringWriter;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Copies a value token by token, so that no number goes through a type that rounds it. */
final class StorableJsonReader extends ValueDeserializer<StorableJson> {

    /** Maximum digits on either side of the decimal point; the limits of jsonb are 131,072 and 16,383. */
    private static final int LARGEST_EXPONENT = 1_000;

    @Override
    public StorableJson deserialize(JsonParser parser, DeserializationContext context) {
        var text = new StringWriter();
        try (JsonGenerator copy = context.tokenStreamFactory().createGenerator(text)) {
            int depth = 0;
            JsonToken token = parser.currentToken();
            do {
                copy(parser, copy);
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                token = depth > 0 ? parser.nextToken() : null;
            } while (token != null);
        }
        return new StorableJson(text.toString());
    }

    /** JSON null is a value; only a missing field has no value. */
    @Override
    public StorableJson getNullValue(DeserializationContext context) {
        return StorableJson.NULL;
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null;
    }

    private void copy(JsonParser parser, JsonGenerator copy) {
        switch (parser.currentToken()) {
            case START_OBJECT -> copy.writeStartObject();
            case END_OBJECT -> copy.writeEndObject();
            case START_ARRAY -> copy.writeStartArray();
            case END_ARRAY -> copy.writeEndArray();
            case PROPERTY_NAME -> copy.writeName(checked(parser));
            case VALUE_STRING -> copy.writeString(checked(parser));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> copy.writeNumber(checkedNumber(parser));
            case VALUE_TRUE -> copy.writeBoolean(true);
            case VALUE_FALSE -> copy.writeBoolean(false);
            case VALUE_NULL -> copy.writeNull();
            default -> throw new UnstorableJsonException(parser, "has a token that is not a JSON value");
        }
    }

    private static String checked(JsonParser parser) {
        String text = parser.getString();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new UnstorableJsonException(parser, "has the character U+0000, which can't be stored");
            }
            if (Character.isSurrogate(c)) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
                if (!pair) {
                    throw new UnstorableJsonException(parser, "has an unpaired surrogate, which can't be stored");
                }
                i++;
            }
        }
        return text;
    }

    private static String checkedNumber(JsonParser parser) {
        String text = parser.getString();
        if (!isWithinMeasure(text)) {
            throw new UnstorableJsonException(parser, "has a number with too large an exponent, which can't be stored");
        }
        return text;
    }

    private static boolean isWithinMeasure(String text) {
        try {
            // Jackson has already limited the number of digits.
            var number = new BigDecimal(text);
            long digitsBefore = (long) number.precision() - number.scale();
            return digitsBefore <= LARGEST_EXPONENT && number.scale() <= LARGEST_EXPONENT;
        } catch (NumberFormatException | ArithmeticException exponentBeyondAnInt) {
            return false;
        }
    }
}
