package dev.frontdesk.registration.passwords;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * libargon2, the reference implementation. It works in native memory, not on the heap, and wipes that memory itself.
 * The copies of password and hash passed to it are wiped here.
 */
final class NativeArgon2id implements Argon2id {

    /** Computed by two other implementations. A library with another result must not be used for passwords. */
    private static final String KNOWN_ANSWER = "8c598041bc4eeb355133fe50d472c4c733cc0179bcc5e95e63b9bc014b31f6a6";

    /** size_t is a long on every platform that the library is bundled for. */
    private static final FunctionDescriptor HASH_RAW = FunctionDescriptor.of(
            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);

    private final MethodHandle hashRaw;
    private final String origin;

    private NativeArgon2id(Path library, String origin) {
        this.hashRaw = Linker.nativeLinker()
                .downcallHandle(
                        SymbolLookup.libraryLookup(library, Arena.global()).findOrThrow("argon2id_hash_raw"), HASH_RAW);
        this.origin = origin;
    }

    /**
     * @param origin source of the library, for the log
     * @throws RuntimeException when the file is not a libargon2 for this machine, or computes a wrong result
     */
    static NativeArgon2id load(Path library, String origin) {
        var loaded = new NativeArgon2id(library, origin);
        byte[] answer = loaded.hash(new byte[] {'p', 'w'}, new byte[16], new Argon2Parameters(64, 2, 1), 32);
        if (!HexFormat.of().formatHex(answer).equals(KNOWN_ANSWER)) {
            throw new IllegalStateException("it does not compute Argon2id");
        }
        return loaded;
    }

    @Override
    public byte[] hash(byte[] password, byte[] salt, Argon2Parameters parameters, int length) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment secret =
                    arena.allocate(Math.max(1, password.length)).copyFrom(MemorySegment.ofArray(password));
            MemorySegment hash = arena.allocate(length);
            try {
                int error = call(secret, password.length, arena.allocateFrom(JAVA_BYTE, salt), parameters, hash);
                if (error != 0) {
                    throw new IllegalStateException("libargon2 failed with error " + error);
                }
                return hash.toArray(JAVA_BYTE);
            } finally {
                secret.fill((byte) 0);
                hash.fill((byte) 0);
            }
        }
    }

    private int call(
            MemorySegment password, long length, MemorySegment salt, Argon2Parameters parameters, MemorySegment hash) {
        try {
            return (int) hashRaw.invokeExact(
                    parameters.iterations(),
                    parameters.memory(),
                    parameters.lanes(),
                    password,
                    length,
                    salt,
                    salt.byteSize(),
                    hash,
                    hash.byteSize());
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "libargon2 (" + origin + ")";
    }
}
