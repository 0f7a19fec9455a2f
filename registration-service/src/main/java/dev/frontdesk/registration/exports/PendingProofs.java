package dev.frontdesk.registration.exports;

import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.proofs.Proof;
import dev.frontdesk.registration.proofs.Proofs;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The outstanding proofs of the account, without their codes and tokens. */
@Component
final class PendingProofs implements ExportPart {

    private final Proofs proofs;

    PendingProofs(Proofs proofs) {
        this.proofs = proofs;
    }

    record Entry(String purpose, @Nullable String email, Instant expiresAt) {

        static Entry of(Proof proof) {
            return new Entry(proof.purpose().key(), proof.email(), proof.expiresAt());
        }
    }

    @Override
    public String name() {
        return "pending";
    }

    @Override
    public Mono<List<Entry>> of(Account account) {
        return proofs.open(account.tenant(), account.id(), account.email())
                .map(Entry::of)
                .collectList();
    }
}
