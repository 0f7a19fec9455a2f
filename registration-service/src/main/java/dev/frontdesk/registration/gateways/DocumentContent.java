package dev.frontdesk.registration.gateways;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The content of a document: one JSON value of at most {@link GatewayDocument#LONGEST} bytes. What it means is known to the
 * gateways alone.
 */
record DocumentContent(String text) {

    /** @throws IllegalArgumentException with a message that may be shown and that does not repeat the content */
    static DocumentContent read(String text, JsonMapper json) {
        if (text.length() > GatewayDocument.LONGEST || bytesOf(text) > GatewayDocument.LONGEST) {
            throw new IllegalArgumentException("must have at most " + GatewayDocument.LONGEST + " bytes");
        }
        if (!isOneValue(text, json)) {
            throw notJson();
        }
        return new DocumentContent(text);
    }

    /** Half a surrogate pair has no form in UTF-8; a lenient encoder would store another content. */
    private static int bytesOf(String text) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining();
        } catch (CharacterCodingException unpairedSurrogate) {
            throw notJson();
        }
    }

    /** Reads token by token, because a tree of a megabyte would take many megabytes. */
    private static boolean isOneValue(String text, JsonMapper json) {
        int values = 0;
        int depth = 0;
        try (var parser = json.createParser(text)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                values += depth == 0 ? 1 : 0;
            }
        } catch (JacksonException malformed) {
            return false;
        }
        return values == 1;
    }

    private static IllegalArgumentException notJson() {
        return new IllegalArgumentException("must be one JSON value");
    }

    /** Without the text, which may hold keys. */
    @Override
    public String toString() {
        return "DocumentContent[" + text.length() + " characters]";
    }
}
