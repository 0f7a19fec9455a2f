package dev.frontdesk.kit.redis;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
                    redis://redis                       | host=redis port=6379 database=0
                    redis://redis:6380/                 | host=redis port=6380 database=0
                    redis://:pw@redis/3                 | host=redis port=6379 database=3 password=pw
                    redis://pw@redis                    | host=redis port=6379 database=0 password=pw
                    redis://app:p%40w%2B+@[::1]:6380/15 | host=[::1] port=6380 database=15 username=app password=p@w++
                    redis://app:a@b:c@redis             | host=redis port=6379 database=0 username=app password=a@b:c
                    rediss://redis                      | host=redis port=6379 database=0 ssl.enabled=true
                    redis://:pw@a,b:7001                | cluster.nodes=a:6379,b:7001 database=0 password=pw
                    redis://:pw@a:7000?cluster=true     | cluster.nodes=a:7000 database=0 password=pw
                    rediss://app:pw@a,b/0               | cluster.nodes=a:6379,b:6379 database=0 username=app password=pw ssl.enabled=true
                    redis-sentinel://:pw@a,b:26380/2?master=m | sentinel.nodes=a:26379,b:26380 sentinel.master=m database=2 password=pw
                    redis-sentinel://a?sentinelMasterId=m     | sentinel.nodes=a:26379 sentinel.master=m database=0
                    redis://sentinel1:26379,sentinel2:26379,master1   | sentinel.nodes=sentinel1:26379,sentinel2:26379 sentinel.master=master1 database=0
                    redis://pw@a:26379,my-master.1/2                  | sentinel.nodes=a:26379 sentinel.master=my-master.1 database=2 password=pw
                    rediss://app:pw@a:1,b,m?sentinelPassword=x        | sentinel.nodes=a:1,b:26379 sentinel.master=m sentinel.password=x database=0 username=app password=pw ssl.enabled=true
                    redis://a:7000,b?cluster=true                     | cluster.nodes=a:7000,b:6379 database=0
                    redis://a:7000,[::1]                              | cluster.nodes=a:7000,[::1]:6379 database=0
                    redis://a,b,c                                     | cluster.nodes=a:6379,b:6379,c:6379 database=0
                    redis-sentinel://a/1#m                    | sentinel.nodes=a:26379 sentinel.master=m database=1
                    rediss-sentinel://app:pw@a?master=m&sentinelUsername=u&sentinelPassword=p%26 | sentinel.nodes=a:26379 sentinel.master=m sentinel.username=u sentinel.password=p& database=0 username=app password=pw ssl.enabled=true
                    """, delimiter = '|')
    void takesEveryFormApart(String url, String expected) {
        assertThat(redis(url))
                .containsExactlyInAnyOrderEntriesOf(java.util.Arrays.stream(expected.split(" "))
                        .collect(toMap(
                                pair -> pair.substring(0, pair.indexOf('=')),
                                pair -> pair.substring(pair.indexOf('=') + 1))));
    }

    @ParameterizedTest
    @CsvSource({
        "rediss://h, FULL",
        "rediss://h?sslmode=verify-full, FULL",
        "rediss://h?sslmode=verify-ca, CA",
        "rediss://h?sslmode=require, NONE"
    })
    void verifiesUnlessToldOtherwise(String url, String verified) {
        assertThat(RedisUrl.of(url).settings()).containsEntry("frontdesk.redis.verify-peer", verified);
    }

    @Test
    void takesTheFilesOfTls(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("our ca.pem"), "");
        String path = file.toString().replace(" ", "%20");

        assertThat(RedisUrl.of("rediss://h?sslrootcert=" + path + "&sslcert=" + path + "&sslkey=" + path)
                        .settings())
                .containsEntry("spring.data.redis.ssl.bundle", "redis")
                .containsEntry(
                        "spring.ssl.bundle.pem.redis.truststore.certificate",
                        file.toUri().toString())
                .containsEntry(
                        "spring.ssl.bundle.pem.redis.keystore.certificate",
                        file.toUri().toString())
                .containsEntry(
                        "spring.ssl.bundle.pem.redis.keystore.private-key",
                        file.toUri().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "redis",
                "redis:6379",
                "redis://",
                "http://redis:6379",
                "redis://:hunter2@",
                "redis://:hunter2@:6379",
                "redis://:hunter2@a b",
                "redis://:hunter2@redis:port",
                "redis://:hunter2@redis:70000",
                "redis://:hunter2@redis:0",
                "redis://:hunter2@redis,",
                "redis://:hunter2@redis/one",
                "redis://:hunter2@redis/1/2",
                "redis://:hunter2@a,b/1",
                "redis://:hunter2%zz@redis",
                "redis://:hunter2?x@redis",
                "redis://:hunter2#x@redis",
                "redis://:hunter2/x@redis",
                "redis://user:@redis",
                "redis://:hunter2@redis?master=m",
                "redis://:hunter2@redis?timeout=hunter2",
                "redis://:hunter2@redis?sslmode=require",
                "rediss://:hunter2@redis?sslmode=hunter2",
                "rediss://:hunter2@redis?sslrootcert=/hunter2/ca.pem",
                "rediss://:hunter2@redis?sslcert=/hunter2/cert.pem",
                "redis://:hunter2@a:26379,b:26379,m?master=n",
                "redis://:hunter2@a:26379,b:26379,m?master=m",
                "redis://:hunter2@a:26379,b:26379,",
                "redis://:hunter2@a:26379,b:26379,m m",
                "redis-sentinel://:hunter2@a,b",
                "redis-sentinel://:hunter2@a?master=",
                "redis-sentinel://:hunter2@a?master=m&master=n",
                "redis-sentinel://:hunter2@a?master=m&cluster=true",
                "redis-sentinel://:hunter2@a?master=m&sentinelUsername=u"
            })
    void refusesAnythingElseWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> RedisUrl.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .matches("(has|must|names|needs|mixes) .+")
                .doesNotContain("hunter2", "\n");
    }

    @Test
    void saysNothingOfItself() {
        assertThat(RedisUrl.of("redis://:hunter2@redis")).asString().doesNotContain("hunter2");
    }

    private static Map<String, String> redis(String url) {
        String prefix = "spring.data.redis.";
        return RedisUrl.of(url).settings().entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(prefix))
                .collect(toMap(
                        setting -> setting.getKey().substring(prefix.length()),
                        setting -> setting.getValue().toString()));
    }
}
