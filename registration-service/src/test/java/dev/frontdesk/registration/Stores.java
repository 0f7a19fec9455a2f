package dev.frontdesk.registration;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.testsupport.servers.Database;
import dev.frontdesk.testsupport.servers.KeptConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ScanOptions;

/** Reads the stores directly, past the service. */
@TestComponent
public final class Stores {

    private final ReactiveStringRedisTemplate redis;
    private final KeptConnection database;
    private final String environment;

    Stores(ReactiveStringRedisTemplate redis, Database database, @Value("${frontdesk.env}") String environment) {
        this.redis = redis;
        this.database = new KeptConnection(database);
        this.environment = environment;
    }

    /** Written out here, because the documents promise this name. */
    public String pendingKey(TenantId tenant, String email) {
        return "frontdesk:%s:%s:verification:{p%d}:%s"
                .formatted(environment, tenant, Partition.of(tenant, email).number(), new EmailAddress(email).hash());
    }

    public Map<String, String> pending(TenantId tenant, String email) {
        return redis.<String, String>opsForHash()
                .entries(pendingKey(tenant, email))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .blockOptional()
                .orElseThrow();
    }

    public Duration timeToLive(String key) {
        return redis.getExpire(key).blockOptional().orElse(Duration.ZERO);
    }

    public void remove(String key) {
        redis.delete(key).block();
    }

    /** Every key of this installation. */
    public Set<String> keys() {
        var options = ScanOptions.scanOptions()
                .match("frontdesk:" + environment + ":*")
                .build();
        return new TreeSet<>(redis.scan(options).collectList().blockOptional().orElseThrow());
    }

    /** Rows, each column as text. */
    public List<Map<String, String>> accounts(String email) {
        return rows("SELECT * FROM registration.accounts WHERE email = ?", email);
    }

    public List<Map<String, String>> rowsOf(String table) {
        return rows("SELECT * FROM registration." + table);
    }

    /** What PostgreSQL stores for an address while Redis is down; empty if nothing. */
    public Map<String, String> fallback(String email) {
        return rows("SELECT * FROM registration.pending_registrations WHERE email = ?", email).stream()
                .findFirst()
                .orElse(Map.of());
    }

    public List<Map<String, String>> proofs(String subject) {
        return rows("SELECT * FROM registration.proofs WHERE subject = ?", subject);
    }

    /** One for each client that has requested a code. */
    public List<Map<String, String>> proofCodes(String subject) {
        return rows("SELECT * FROM registration.proof_codes WHERE subject = ? ORDER BY asked_at", subject);
    }

    public int count(String table) {
        return rows("SELECT 1 FROM registration." + table).size();
    }

    /** All tables except the outbox, which empties itself. */
    public Map<String, Integer> rowsOfEveryTable() {
        var counts = new TreeMap<String, Integer>();
        for (var table : rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'registration'")) {
            String name = String.valueOf(table.get("table_name"));
            if (!name.contains("outbox")) {
                counts.put(name, count(name));
            }
        }
        return counts;
    }

    /** Writes what no request can write. */
    public int execute(String sql, String... args) {
        return database.run(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < args.length; i++) {
                    statement.setString(i + 1, args[i]);
                }
                return statement.executeUpdate();
            }
        });
    }

    private List<Map<String, String>> rows(String sql, String... args) {
        return database.run(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < args.length; i++) {
                    statement.setString(i + 1, args[i]);
                }
                return rows(statement.executeQuery());
            }
        });
    }

    private static List<Map<String, String>> rows(ResultSet result) throws SQLException {
        var rows = new ArrayList<Map<String, String>>();
        while (result.next()) {
            var row = new LinkedHashMap<String, String>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                row.put(result.getMetaData().getColumnName(i), result.getString(i));
            }
            rows.add(row);
        }
        return rows;
    }
}
