package dev.frontdesk.testsupport.servers.tinyservice;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@SpringBootApplication
@ConfigurationPropertiesScan
@RestController
public class TinyService {

    private final ReactiveStringRedisTemplate redis;
    private final Settings settings;

    TinyService(ReactiveStringRedisTemplate redis, Settings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    @ConfigurationProperties("frontdesk")
    public record Settings(String env, String operatorKey) {}

    @PutMapping("/notes/{note}")
    Mono<String> keep(@PathVariable String note) {
        return redis.opsForValue().set("frontdesk:" + settings.env(), note).thenReturn(settings.env());
    }
}
