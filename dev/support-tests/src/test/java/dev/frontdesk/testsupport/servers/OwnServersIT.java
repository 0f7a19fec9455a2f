package dev.frontdesk.testsupport.servers;

import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.tinyservice.TinyService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.core.env.Environment;
import org.springframework.test.web.reactive.server.WebTestClient;

@SpringBootTest(
        webEnvironment = RANDOM_PORT,
        classes = TinyService.class,
        properties = "spring.data.redis.timeout=500ms")
@AutoConfigureWebTestClient
@WithServers(own = REDIS)
@ConcurrentTestClass
class OwnServersIT {

    @Test
    void mayBeHarmed(@Autowired WebTestClient client, @Autowired Redis redis, @Autowired Environment settings) {
        assertThat(settings.getProperty("REDIS_URL"))
                .isEqualTo(redis.url())
                .isNotEqualTo(TestServers.redis().url());
        client.put().uri("/notes/before").exchange().expectStatus().isOk();

        redis.pause();
        client.put().uri("/notes/meanwhile").exchange().expectStatus().is5xxServerError();

        redis.resume();
        client.put().uri("/notes/after").exchange().expectStatus().isOk();
    }
}
