package dev.frontdesk.cache.widgets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.frontdesk.cache.namespaces.EntriesProperties;
import dev.frontdesk.cache.entries.Entry;
import dev.frontdesk.cache.entries.EntryName;
import dev.frontdesk.cache.entries.EntryResponses;
import dev.frontdesk.cache.entries.Owner;
import dev.frontdesk.cache.entries.Preconditions;
import dev.frontdesk.cache.entries.ScriptedEntries;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.StorableJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * Changes the states of widgets. A state is one entry, a JSON object; a script replaces fields in it and leaves the others as they are,
 * so that two clients that change different fields at the same time lose nothing.
 */
@Repository
class WidgetStates {

    private static final LuaScript CHANGE = ScriptedEntries.script("widgets/change_state");
    private static final String JSON = MediaType.APPLICATION_JSON_VALUE;

    private final ScriptedEntries entries;
    private final Duration ttl;
    private final String mostBytes;

    WidgetStates(ScriptedEntries entries, WidgetsProperties properties, EntriesProperties ofEntries) {
        this.entries = entries;
        this.ttl = properties.stateTtl();
        this.mostBytes = Long.toString(ofEntries.maxSize().toBytes());
    }

    /** @param state with an empty body if the caller replaced the whole */
    record Changed(boolean created, Entry state) {}

    /**
     * Replaces the whole state.
     *
     * @return fails with a {@link ProblemException} if nothing is changed
     */
    Mono<Changed> replace(Owner owner, EntryName name, StateRequest state, Preconditions conditions) {
        return change(owner, name, state, conditions, false);
    }

    /**
     * Replaces the fields that are there, and removes those that are null.
     *
     * @return fails with a {@link ProblemException} if nothing is changed
     */
    Mono<Changed> patch(Owner owner, EntryName name, StateRequest patch, Preconditions conditions) {
        return change(owner, name, patch, conditions, true);
    }

    private Mono<Changed> change(
            Owner owner, EntryName name, StateRequest request, Preconditions conditions, boolean keepsOthers) {
        var args = new ArrayList<Object>(List.of(
                conditions.matchText(), conditions.noneMatchText(), mostBytes, keepsOthers ? "1" : "0"));
        int bytes = JSON.length()
                + add("config", request.config(), args)
                + add("data", request.data(), args)
                + add("last_refresh", request.lastRefresh(), args);
        return entries.store(CHANGE, owner, name, ttl, bytes, args)
                .map(reply -> switch (text(reply.getFirst())) {
                    case "created", "replaced" ->
                        new Changed(
                                text(reply.getFirst()).equals("created"),
                                new Entry(JSON, text(reply.get(1)), requireNonNull(reply.get(2))));
                    case "refused" -> throw EntryResponses.refused();
                    case "full" -> throw EntryResponses.full();
                    default ->
                        throw new ProblemException(
                                ProblemType.PAYLOAD_TOO_LARGE,
                                "The whole state would have more than " + mostBytes + " bytes. Nothing was changed.");
                });
    }

    /** @return how many bytes the field has */
    private static int add(String field, @Nullable StorableJson value, List<Object> args) {
        byte[] body = StateRequest.isAbsent(value) ? new byte[0] : requireNonNull(value).text().getBytes(UTF_8);
        args.add(field);
        args.add(value == null ? "0" : "1");
        args.add(body);
        args.add(body.length == 0 ? "" : Entry.of(JSON, body).tag().replace("\"", ""));
        return body.length;
    }

    private static String text(byte @Nullable [] bytes) {
        return new String(requireNonNull(bytes), UTF_8);
    }
}
