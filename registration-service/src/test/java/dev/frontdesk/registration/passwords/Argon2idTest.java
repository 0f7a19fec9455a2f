package dev.frontdesk.registration.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

class Argon2idTest {

    private static final PasswordProperties USUAL = new PasswordProperties(19_456, 2, 1, 3);

    /** The encoder that created the hashes of the first version. */
    private final Argon2PasswordEncoder before = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);

    static List<Argon2id> both() {
        return List.of(Argon2Library.fastest(), new BouncyCastleArgon2id());
    }

    @Test
    void isLibargon2Here() {
        assertThat(Argon2Library.fastest()).isInstanceOf(NativeArgon2id.class);
    }

    @ParameterizedTest
    @MethodSource("both")
    void isCompatibleWithTheFormerEncoder(Argon2id argon2id) {
        var hashing = new PasswordHashing(USUAL, argon2id);
        try {
            for (String text : List.of("violet harbour 42", "şifremçokgüçlü", "😀".repeat(128))) {
                var password = new Password(text);
                String old = before.encode(password.value());
                assertThat(old).isNotNull();
                assertThat(hashing.matches(password, old).block()).isTrue();
                assertThat(hashing.matches(new Password(text + "x"), old).block())
                        .isFalse();
                assertThat(before.matches(
                                password.value(), hashing.hash(password).block()))
                        .isTrue();
            }
        } finally {
            hashing.destroy();
        }
    }

    @Test
    void computesTheSameWhateverTheParameters() {
        byte[] password = {1, 0, 2};
        for (var parameters : List.of(
                new Argon2Parameters(8, 1, 1), new Argon2Parameters(65, 3, 2), new Argon2Parameters(1_000, 1, 4))) {
            for (int length : new int[] {4, 16, 32, 64, 100}) {
                assertThat(Argon2Library.fastest().hash(password, new byte[16], parameters, length))
                        .isEqualTo(new BouncyCastleArgon2id().hash(password, new byte[16], parameters, length));
            }
        }
    }

    @Test
    void hashesInJavaWhereTheLibraryCannotBeLoaded(@TempDir Path folder) throws IOException {
        assertThat(Argon2Library.fastest(List.of(folder), null)).isInstanceOf(BouncyCastleArgon2id.class);
        assertThat(Argon2Library.fastest(List.of(folder), "/linux-sparc/libargon2.so"))
                .isInstanceOf(BouncyCastleArgon2id.class);
        Files.writeString(folder.resolve(System.mapLibraryName("argon2")), "no library");
        assertThat(Argon2Library.fastest(List.of(folder), null)).isInstanceOf(BouncyCastleArgon2id.class);
    }

    @Test
    void takesTheLibraryThatIsInstalledFirst(@TempDir Path folder) throws IOException {
        try (var bundled = getClass().getResourceAsStream(Argon2Library.resource())) {
            assertThat(bundled).isNotNull();
            Files.copy(bundled, folder.resolve(System.mapLibraryName("argon2")));
        }
        assertThat(Argon2Library.fastest(List.of(folder), null)).asString().contains(folder.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$2a$10$abcdefghijklmnopqrstuv",
                "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=16$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=0,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$",
            })
    void takesNothingForItsHashThatIsNone(String stored) {
        assertThatThrownBy(() -> PasswordHash.read(stored)).isInstanceOf(IllegalArgumentException.class);
        var hashing = new PasswordHashing(USUAL);
        assertThat(hashing.matches(new Password("violet harbour 42"), stored).block())
                .isFalse();
        hashing.destroy();
    }
}
