package dev.frontdesk.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.json.JsonMapper;

class StorableJsonTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    record Request(@Nullable StorableJson payload, String after) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "true",
                "\"\"",
                "0.1000000000000000000000000000000000000000000000001",
                "123456789012345678901234567890",
                "1e400",
                "{\"a\":[1,{\"b\":null},[],\"ş\\n\"],\"c\":{\"d\":{}},\"\\u0001\":\"😀\"}"
            })
    void givesBackWhatItTook(String json) {
        Request read = read(json);

        assertThat(read.payload()).isEqualTo(new StorableJson(json));
        assertThat(read.after()).isEqualTo("it");
        assertThat(JSON.writeValueAsString(read)).isEqualTo(request(json));
    }

    @Test
    void countsBytes() {
        assertThat(read("\"ş\"").payload()).extracting(StorableJson::size).isEqualTo(4);
    }

    @Test
    void nullIsJsonToo() {
        assertThat(read("null").payload()).isEqualTo(StorableJson.NULL);
        assertThat(JSON.readValue("{\"after\":\"it\"}", Request.class).payload())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\u0000\"",
                "{\"\\u0000\":1}",
                "{\"a\":[\"\\ud800\"]}",
                "\"\\udc00\\ud800\"",
                "\"\\ud800x\"",
                "1e1001",
                "[1e-1001]",
                "1e999999999",
                "1e9999999999",
                "[-1E+99999999999999999999]",
                "1e-9999999999"
            })
    void refusesWhatCannotBeKept(String json) {
        assertThatExceptionOfType(UnstorableJsonException.class)
                .isThrownBy(() -> read(json))
                .satisfies(refused -> assertThat(refused.getOriginalMessage()).endsWith(", which can't be stored"));
    }

    /** Also where no surrounding code converts exceptions into parse errors. */
    @ParameterizedTest
    @ValueSource(strings = {"1e9999999999", "-1E+99999999999999999999", "1e-9999999999"})
    void refusesUnreadableNumbers(String json) {
        assertThatExceptionOfType(DatabindException.class).isThrownBy(() -> JSON.readValue(json, StorableJson.class));
    }

    private static Request read(String json) {
        return JSON.readValue(request(json), Request.class);
    }

    private static String request(String json) {
        return "{\"payload\":%s,\"after\":\"it\"}".formatted(json);
    }
}
