package dev.frontdesk.cache.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.frontdesk.cache.operations.Operation.Kind;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** An operation as clients see it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OperationResponse(
        UUID id,
        String kind,
        String namespace,
        @Nullable String pattern,
        String state,
        long totalCount,
        long doneCount,
        @Nullable Long loadedCount,
        @Nullable Long deletedCount,
        @Nullable Long failedCount,
        @Nullable String detail,
        Instant createdAt,
        @Nullable Instant endedAt) {

    static final String PATH = "/api/v1/cache-operations";

    static OperationResponse of(Operation operation) {
        boolean loads = operation.kind() == Kind.WARM_UP;
        return new OperationResponse(
                operation.id(),
                operation.kind().text(),
                operation.namespace(),
                operation.pattern().isEmpty() ? null : operation.pattern(),
                operation.state().text(),
                operation.total(),
                operation.done(),
                loads ? operation.changed() : null,
                loads ? null : operation.changed(),
                loads ? operation.failed() : null,
                operation.reason().isEmpty() ? null : operation.reason(),
                operation.createdAt(),
                operation.endedAt());
    }

    static ResponseEntity<OperationResponse> accepted(Operation operation) {
        return ResponseEntity.accepted()
                .location(URI.create(PATH + "/" + operation.id()))
                .body(of(operation));
    }

    /** Without the pattern, which can be private. */
    @Override
    public String toString() {
        return "OperationResponse[" + id + " " + state + "]";
    }
}
