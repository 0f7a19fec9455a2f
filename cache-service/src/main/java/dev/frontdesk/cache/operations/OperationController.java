package dev.frontdesk.cache.operations;

import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /api/v1/cache-operations}: shows and cancels the operations of the caller's tenant. */
@RestController
@RequestMapping(OperationResponse.PATH)
class OperationController {

    private final Operations operations;

    OperationController(Operations operations) {
        this.operations = operations;
    }

    record All(List<OperationResponse> operations) {}

    @GetMapping
    Mono<All> list(Caller caller) {
        return operations
                .all(Administrators.tenantOf(caller))
                .map(all -> new All(all.stream().map(OperationResponse::of).toList()));
    }

    @GetMapping("/{id}")
    Mono<OperationResponse> show(Caller caller, @PathVariable UUID id) {
        return operations.find(Administrators.tenantOf(caller), id).map(OperationResponse::of);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> cancel(Caller caller, @PathVariable UUID id) {
        return operations.cancel(Administrators.tenantOf(caller), id);
    }
}
