package dev.frontdesk.notification.emailtemplates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.web.StorableJson;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MailDataTest {

    @Test
    void nullIsAsGoodAsNone() {
        assertThat(MailData.read(JsonMapper.shared(), StorableJson.NULL)).isEmpty();
        assertThat(MailData.read(JsonMapper.shared(), null)).isEmpty();
    }
}
