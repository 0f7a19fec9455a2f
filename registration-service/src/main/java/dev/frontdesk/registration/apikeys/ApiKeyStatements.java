package dev.frontdesk.registration.apikeys;

/** The SQL of {@link ApiKeys}. */
final class ApiKeyStatements {

    static final String CREATE = """
            INSERT INTO api_keys (id, tenant, name, scopes, per_minute, per_hour, per_day, expires_at, secret_hash,
                                  created_by, created_by_id, created_at, updated_at)
            SELECT :id, :tenant, :name, :scopes, :per_minute, :per_hour, :per_day, :expires_at, :secret,
                   :by, :by_id, :now, :now
            WHERE (SELECT count(*) FROM api_keys WHERE tenant = :tenant AND revoked_at IS NULL) < :most
            RETURNING *
            """;

    static final String FIND = "SELECT * FROM api_keys WHERE tenant = :tenant AND id = :id";

    static final String RESOLVE = """
            SELECT * FROM api_keys k
            WHERE id = :id AND revoked_at IS NULL
              AND NOT EXISTS (SELECT FROM tenants t WHERE t.id = k.tenant AND t.status = 'deleted')
            """;

    static final String PAGE = """
            SELECT * FROM api_keys
            WHERE tenant = :tenant AND (CAST(:time AS timestamptz) IS NULL OR (created_at, id) < (:time, :after))
            ORDER BY created_at DESC, id DESC
            LIMIT :limit
            """;

    static final String CHANGED_AFTER = """
            SELECT * FROM api_keys WHERE (updated_at, id) > (:time, :after) ORDER BY updated_at, id LIMIT :limit
            """;

    static final String CHANGE = """
            UPDATE api_keys
            SET name = coalesce(:name, name), scopes = coalesce(:scopes, scopes),
                per_minute = CASE WHEN :new_limits THEN :per_minute ELSE per_minute END,
                per_hour = CASE WHEN :new_limits THEN :per_hour ELSE per_hour END,
                per_day = CASE WHEN :new_limits THEN :per_day ELSE per_day END,
                expires_at = coalesce(:expires_at, expires_at), version = version + 1, updated_at = :now
            WHERE tenant = :tenant AND id = :id AND revoked_at IS NULL
            RETURNING *
            """;

    /** An overlap of no time ends all previous secrets. */
    static final String ROTATE = """
            UPDATE api_keys
            SET previous_hash = CASE WHEN :until <= :now THEN NULL
                                     WHEN previous_until > :now THEN previous_hash ELSE secret_hash END,
                previous_until = CASE WHEN :until <= :now THEN NULL
                                      WHEN previous_until > :now THEN least(previous_until, :until) ELSE :until END,
                secret_hash = :secret, version = version + 1, updated_at = :now
            WHERE tenant = :tenant AND id = :id AND revoked_at IS NULL
            RETURNING *
            """;

    static final String REVOKE = """
            UPDATE api_keys
            SET revoked_at = :now, previous_hash = NULL, previous_until = NULL, version = version + 1, updated_at = :now
            WHERE tenant = :tenant AND id = :id AND revoked_at IS NULL
            RETURNING *
            """;

    /** Skips rows that another instance is writing: two batches would lock them in different orders. */
    static final String USED = """
            UPDATE api_keys k SET last_used_at = u.at
            FROM (SELECT k.id, least(used.at, :now) AS at
                  FROM (SELECT id, to_timestamp(max(ms) / 1000.0) AS at
                        FROM unnest(CAST(:ids AS uuid[]), CAST(:times AS bigint[])) AS t(id, ms) GROUP BY id) AS used
                  JOIN api_keys k ON k.id = used.id
                  WHERE k.last_used_at IS NULL OR least(used.at, :now) >= k.last_used_at + interval '1 minute'
                  FOR UPDATE OF k SKIP LOCKED) AS u
            WHERE k.id = u.id
            """;

    private ApiKeyStatements() {}
}
