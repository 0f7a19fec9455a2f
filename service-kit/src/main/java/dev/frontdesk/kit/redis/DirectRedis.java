package dev.frontdesk.kit.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Commands that run with every request, on the same connections as all others, with the same timeouts and errors of
 * Lettuce. It leaves out Spring Data's templates, serializers and conversions, which cost more than the command.
 */
public final class DirectRedis {

    private static final CompletableFuture<?>[] NO_COMMANDS = {};

    private final Supplier<? extends StatefulConnection<?, ?>> connections;

    /** @param connections returns the connection for the next command, or throws while there is none */
    public DirectRedis(Supplier<? extends StatefulConnection<?, ?>> connections) {
        this.connections = connections;
    }

    /**
     * Runs a script as {@link LuaScript#run} does.
     *
     * @param args strings are sent as UTF-8, byte arrays as they are
     * @return the elements of its list; numbers as decimal digits
     */
    public Mono<List<byte @Nullable []>> run(LuaScript script, String key, Object... args) {
        return run(script, List.of(key), args);
    }

    /** @param keys all in one slot of a Redis Cluster */
    public Mono<List<byte @Nullable []>> run(LuaScript script, List<String> keys, Object... args) {
        return Mono.fromCompletionStage(() -> evaluate(CommandType.EVALSHA, script.sha1(), keys, args))
                .onErrorResume(error -> again(error, script, keys, args));
    }

    /** With the text: the server that has the keys by now may not know the script. */
    private Mono<List<byte @Nullable []>> again(Throwable error, LuaScript script, List<String> keys, Object... args) {
        Mono<List<byte @Nullable []>> withText =
                Mono.fromCompletionStage(() -> evaluate(CommandType.EVAL, script.text(), keys, args));
        if (error instanceof RedisNoScriptException) {
            return SlotMigration.retried(withText);
        }
        return SlotMigration.isBehind(error) ? SlotMigration.sentAgain(withText) : Mono.error(error);
    }

    /** The values of these fields of a hash, null for a field that does not exist. */
    public Mono<List<byte @Nullable []>> read(String key, String... fields) {
        return Mono.fromCompletionStage(() -> {
            var command = command(new Fields(key, fields));
            connection().dispatch(command);
            return command;
        });
    }

    /**
     * Fields of a hash.
     *
     * @param key of the hash
     */
    public record Fields(String key, String... fields) {}

    /**
     * The values of fields of several hashes, as {@link #read(String, String...)} returns each of them, in the order of the
     * parameter. The commands are sent together; they are not one transaction.
     */
    public Mono<List<List<byte @Nullable []>>> read(List<Fields> all) {
        return Mono.fromCompletionStage(() -> {
            var commands = new ArrayList<AsyncCommand<byte[], byte[], List<byte @Nullable []>>>(all.size());
            for (Fields wanted : all) {
                commands.add(command(wanted));
            }
            connection().dispatch(commands);
            return CompletableFuture.allOf(commands.toArray(NO_COMMANDS)).thenApply(_ -> replies(commands));
        });
    }

    private static List<List<byte @Nullable []>> replies(
            List<AsyncCommand<byte[], byte[], List<byte @Nullable []>>> commands) {
        var replies = new ArrayList<List<byte @Nullable []>>(commands.size());
        for (var command : commands) {
            replies.add(command.join());
        }
        return replies;
    }

    private static AsyncCommand<byte[], byte[], List<byte @Nullable []>> command(Fields wanted) {
        var arguments = argumentsOf(wanted.key());
        for (String field : wanted.fields()) {
            arguments.add(field);
        }
        return command(CommandType.HMGET, arguments);
    }

    private AsyncCommand<byte[], byte[], List<byte @Nullable []>> evaluate(
            CommandType type, String script, List<String> keys, Object[] args) {
        var command = new CommandArgs<>(ByteArrayCodec.INSTANCE).add(script).add(keys.size());
        for (String key : keys) {
            command.addKey(key.getBytes(StandardCharsets.UTF_8));
        }
        for (Object arg : args) {
            if (arg instanceof byte[] bytes) {
                command.add(bytes);
            } else {
                command.add((String) arg);
            }
        }
        return send(type, command);
    }

    private static CommandArgs<byte[], byte[]> argumentsOf(String key) {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(key.getBytes(StandardCharsets.UTF_8));
    }

    private static AsyncCommand<byte[], byte[], List<byte @Nullable []>> command(
            CommandType type, CommandArgs<byte[], byte[]> args) {
        return new AsyncCommand<>(new Command<>(type, new BytesOutput(), args));
    }

    private AsyncCommand<byte[], byte[], List<byte @Nullable []>> send(
            CommandType type, CommandArgs<byte[], byte[]> args) {
        var command = command(type, args);
        connection().dispatch(command);
        return command;
    }

    /** Its own codec does not matter: each command brings its arguments and its output. */
    @SuppressWarnings("unchecked")
    private StatefulConnection<byte[], byte[]> connection() {
        return (StatefulConnection<byte[], byte[]>) connections.get();
    }
}
